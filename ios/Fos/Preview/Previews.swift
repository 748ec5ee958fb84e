import FosCore
import SwiftUI

/// The states of these screens under each other: Arabic as most read it, and French in the dark at the largest font size.
struct StatePreviews: View {
  let screens: [String]

  init(_ screens: String...) { self.screens = screens }

  var body: some View {
    ScrollView {
      states(in: .ar)
      states(in: .fr).environment(\.colorScheme, .dark).dynamicTypeSize(.accessibility5)
    }
  }

  @ViewBuilder private func states(in language: Language) -> some View {
    switch Result(catching: { try NamedStates.read(language) }) {
    case .success(let file):
      ForEach(file.states.filter { screens.contains($0.screen) }, id: \.name) { state in
        VStack {
          Text(verbatim: state.name).font(.callout)
          StateScreen(state: state, file: file).frame(height: 720)
        }
      }
    case .failure(let error): Text(verbatim: "\(error)")
    }
  }
}

// The macro is Xcode's: the check of the views on Linux has none.
#if canImport(DeveloperToolsSupport)
  #Preview("Sign in") { StatePreviews("sign-in") }
  #Preview("Forms") { StatePreviews("form", "form-loading", "sign-in-again") }
  #Preview("Mail sent") { StatePreviews("mail-sent") }
  #Preview("Charter") { StatePreviews("charter") }
  #Preview("Services") { StatePreviews("services") }
  #Preview("Service") { StatePreviews("service") }
  #Preview("Start of a request") { StatePreviews("start") }
  #Preview("Requests") { StatePreviews("requests", "toast") }
  #Preview("Request") { StatePreviews("request") }
  #Preview("Queued request") { StatePreviews("queued-request") }
  #Preview("Profile") { StatePreviews("profile", "devices", "sign-out") }
  #Preview("Blocked") { StatePreviews("blocking", "opening-failed") }
  #Preview("Help") { StatePreviews("help", "privacy", "diagnostic", "licences", "licence") }
#endif
