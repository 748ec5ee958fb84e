import FosCore
import FosKit
import SwiftUI

/// Button at the end of a day's box, which opens the days that may be chosen.
struct CalendarButton: View {
  let field: FieldView
  let calendar: CalendarView
  let focus: FocusState<String?>.Binding
  let send: ActionHandler<FormModel.Action>
  @State private var isOpen = false
  @Environment(\.screenEnvironment) private var environment

  var body: some View {
    Button {
      focus.wrappedValue = nil
      isOpen = true
    } label: {
      Symbol("calendar_month", says: environment.phrase(.calendar))
        .frame(minWidth: Tokens.Size.touch, minHeight: Tokens.Size.touch)
    }
    .buttonStyle(.borderless)
    .accessibilityIdentifier("calendar:\(field.key)")
    .sheet(isPresented: $isOpen) {
      NavigationStack {
        CalendarScreen(title: field.label, calendar: calendar) {
          send(.pickDay($0, of: field.key))
        }
      }
      .presentationDetents([.medium, .large])
      .privacyCover()
    }
  }
}

private struct CalendarScreen: View {
  let title: String
  let calendar: CalendarView
  let pick: ActionHandler<Int64>
  @State private var date = Date.now
  @Environment(\.screenEnvironment) private var environment
  @Environment(\.dismiss) private var dismiss

  var body: some View {
    ScrollView {
      DatePicker(
        title, selection: $date, in: calendar.dates, displayedComponents: .date
      )
      .datePickerStyle(.graphical)
      .labelsHidden()
      .environment(\.calendar, CalendarView.utc)
      .environment(\.timeZone, CalendarView.utc.timeZone)
      .padding(Tokens.Space.page)
    }
    .onAppear { date = CalendarView.date(of: calendar.shown) }
    .navigationTitle(title)
    .navigationBarTitleDisplayMode(.inline)
    .toolbar {
      CloseToolbarItem()
      ToolbarItem(placement: .confirmationAction) {
        Button(environment.phrase(.done)) {
          pick(CalendarView.day(of: date))
          dismiss()
        }
      }
    }
  }
}
