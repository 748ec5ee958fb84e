// Declarations only, of what the app uses and no more, as Apple documents them. Under each heading: where.
@_exported import Foundation
@_exported import Observation
import UIKit

// MARK: - https://developer.apple.com/documentation/swiftui/view

@MainActor @preconcurrency public protocol View {
  associatedtype Body: View
  @ViewBuilder @MainActor @preconcurrency var body: Body { get }
}

extension Never: View {
  public var body: Never { fatalError() }
}

extension Optional: View where Wrapped: View {
  public var body: Never { fatalError() }
}

/// A view that the framework draws by itself.
public protocol Drawn: View where Body == Never {}
extension Drawn {
  public var body: Never { fatalError() }
}

public struct EmptyView: Drawn {
  nonisolated public init() {}
}
public struct TupleView<T>: Drawn {}
public struct _Conditional<First: View, Second: View>: Drawn {}
public struct _Modified: Drawn {}

// MARK: - https://developer.apple.com/documentation/swiftui/viewbuilder

@resultBuilder public enum ViewBuilder {
  public static func buildExpression<Content: View>(_ content: Content) -> Content { content }
  public static func buildBlock() -> EmptyView { EmptyView() }
  public static func buildBlock<Content: View>(_ content: Content) -> Content { content }
  @_disfavoredOverload public static func buildBlock<each Content: View>(
    _ content: repeat each Content
  ) -> TupleView<(repeat each Content)> { fatalError() }
  public static func buildIf<Content: View>(_ content: Content?) -> Content? { content }
  public static func buildEither<First: View, Second: View>(first: First)
    -> _Conditional<First, Second>
  { fatalError() }
  public static func buildEither<First: View, Second: View>(second: Second)
    -> _Conditional<First, Second>
  { fatalError() }
}

// MARK: - https://developer.apple.com/documentation/swiftui/viewmodifier

@MainActor @preconcurrency public protocol ViewModifier {
  associatedtype Body: View
  typealias Content = _Modified
  @ViewBuilder @MainActor @preconcurrency func body(content: Self.Content) -> Body
}

extension View {
  nonisolated public func modifier<T: ViewModifier>(_ modifier: T) -> some View { EmptyView() }
}

// MARK: - https://developer.apple.com/documentation/swiftui/text

public struct Text: Drawn, Equatable, Sendable {
  nonisolated public init(_ key: LocalizedStringKey, bundle: Bundle? = nil) {}
  @_disfavoredOverload nonisolated public init<S: StringProtocol>(_ content: S) {}
  nonisolated public init(verbatim content: String) {}
  nonisolated public init(_ attributedContent: AttributedString) {}
  nonisolated public func font(_ font: Font?) -> Text { self }
  nonisolated public func foregroundStyle<S: ShapeStyle>(_ style: S) -> Text { self }
}

/// https://developer.apple.com/documentation/swiftui/localizedstringkey
public struct LocalizedStringKey: Equatable, ExpressibleByStringInterpolation, Sendable {
  public init(stringLiteral value: String) {}
}

// MARK: - https://developer.apple.com/documentation/swiftui/image, label, labelstyle

public struct Image: Drawn, Sendable {
  nonisolated public init(systemName: String) {}
}

public struct Label<Title: View, Icon: View>: Drawn {
  nonisolated public init(@ViewBuilder title: () -> Title, @ViewBuilder icon: () -> Icon) {}
}

extension Label where Title == Text, Icon == Image {
  @_disfavoredOverload nonisolated public init<S: StringProtocol>(
    _ title: S, systemImage name: String
  ) {}
}

// MARK: - https://developer.apple.com/documentation/swiftui/timelineview

public protocol TimelineSchedule {}
public struct PeriodicTimelineSchedule: TimelineSchedule {}
extension TimelineSchedule where Self == PeriodicTimelineSchedule {
  public static func periodic(from startDate: Date, by interval: TimeInterval) -> Self { Self() }
}
public struct TimelineView<Schedule: TimelineSchedule, Content: View>: Drawn {
  public struct Context {
    public let date: Date
  }
  nonisolated public init(
    _ schedule: Schedule, @ViewBuilder content: @escaping (Context) -> Content
  ) {}
}

// MARK: - https://developer.apple.com/documentation/swiftui/button

public struct ButtonRole: Equatable, Sendable {
  public static let destructive = ButtonRole()
  public static let cancel = ButtonRole()
}

public struct Button<Label: View>: Drawn {
  nonisolated public init(
    action: @escaping @MainActor () -> Void, @ViewBuilder label: () -> Label
  ) {}
  nonisolated public init(
    role: ButtonRole?, action: @escaping @MainActor () -> Void, @ViewBuilder label: () -> Label
  ) {}
}

extension Button where Label == Text {
  nonisolated public init(
    _ titleKey: LocalizedStringKey, action: @escaping @MainActor () -> Void
  ) {}
  @_disfavoredOverload nonisolated public init<S: StringProtocol>(
    _ title: S, action: @escaping @MainActor () -> Void
  ) {}
}

// MARK: - https://developer.apple.com/documentation/swiftui/sharelink

public struct ShareLink<Label: View>: Drawn {}
public struct DefaultShareLinkLabel: Drawn {}
extension ShareLink where Label == DefaultShareLinkLabel {
  nonisolated public init(item: String, subject: Text? = nil, message: Text? = nil) {}
}

// MARK: - https://developer.apple.com/documentation/swiftui/textfield, securefield, toggle, picker

public struct TextField<Label: View>: Drawn {}
extension TextField where Label == Text {
  @_disfavoredOverload nonisolated public init<S: StringProtocol>(
    _ title: S, text: Binding<String>
  ) {}
  nonisolated public init(_ titleKey: LocalizedStringKey, text: Binding<String>) {}
  @_disfavoredOverload nonisolated public init<S: StringProtocol>(
    _ title: S, text: Binding<String>, prompt: Text?, axis: Axis
  ) {}
  nonisolated public init(
    _ titleKey: LocalizedStringKey, text: Binding<String>, prompt: Text?, axis: Axis
  ) {}
}

public struct SecureField<Label: View>: Drawn {}
extension SecureField where Label == Text {
  @_disfavoredOverload nonisolated public init<S: StringProtocol>(
    _ title: S, text: Binding<String>
  ) {}
  nonisolated public init(_ titleKey: LocalizedStringKey, text: Binding<String>) {}
}

public struct Toggle<Label: View>: Drawn {
  nonisolated public init(isOn: Binding<Bool>, @ViewBuilder label: () -> Label) {}
}

public struct Picker<Label: View, Selection: Hashable, Content: View>: Drawn {}
extension Picker where Label == Text {
  @_disfavoredOverload nonisolated public init<S: StringProtocol>(
    _ title: S, selection: Binding<Selection>, @ViewBuilder content: () -> Content
  ) {}
}

// MARK: - https://developer.apple.com/documentation/swiftui/datepicker

public struct DatePickerComponents: OptionSet, Sendable {
  public let rawValue: UInt
  public init(rawValue: UInt) { self.rawValue = rawValue }
  public static let date = DatePickerComponents(rawValue: 1)
}
public struct DatePicker<Label: View>: Drawn {
  public typealias Components = DatePickerComponents
}
extension DatePicker where Label == Text {
  @_disfavoredOverload nonisolated public init<S: StringProtocol>(
    _ title: S, selection: Binding<Date>, in range: ClosedRange<Date>,
    displayedComponents: Components
  ) {}
}
public protocol DatePickerStyle {}
public struct GraphicalDatePickerStyle: DatePickerStyle { nonisolated public init() {} }
extension DatePickerStyle where Self == GraphicalDatePickerStyle {
  public static var graphical: Self { Self() }
}
extension View {
  nonisolated public func datePickerStyle<S: DatePickerStyle>(_ style: S) -> some View {
    EmptyView()
  }
}

// MARK: - https://developer.apple.com/documentation/swiftui/progressview

public struct ProgressView<Label: View, CurrentValueLabel: View>: Drawn {}
extension ProgressView where CurrentValueLabel == EmptyView {
  nonisolated public init() where Label == EmptyView {}
  @_disfavoredOverload nonisolated public init<S: StringProtocol>(_ title: S) where Label == Text {}
  nonisolated public init<V: BinaryFloatingPoint>(value: V?, total: V = 1.0)
  where Label == EmptyView {}
  nonisolated public init<V: BinaryFloatingPoint>(
    value: V?, total: V = 1.0, @ViewBuilder label: () -> Label
  ) {}
}

// MARK: - https://developer.apple.com/documentation/swiftui/uiviewcontrollerrepresentable

@MainActor @preconcurrency public protocol UIViewControllerRepresentable: View
where Body == Never {
  associatedtype UIViewControllerType: UIViewController
  typealias Context = UIViewControllerRepresentableContext<Self>
  @MainActor @preconcurrency func makeUIViewController(context: Context) -> UIViewControllerType
  @MainActor @preconcurrency func updateUIViewController(
    _ uiViewController: UIViewControllerType, context: Context)
}
extension UIViewControllerRepresentable {
  public var body: Never { fatalError() }
}
@MainActor @preconcurrency
public struct UIViewControllerRepresentableContext<
  Representable: UIViewControllerRepresentable
> {}

/// https://developer.apple.com/documentation/swiftui/anyview
public struct AnyView: Drawn {
  nonisolated public init<V: View>(_ view: V) {}
}
