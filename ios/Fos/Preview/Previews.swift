import FosCore
import SwiftUI

/// The states of a screen under each other: Arabic as most read it, and French in the dark at the largest letters.
struct StatePreviews: View {
  let states: @MainActor (Mock) -> [ScreenState]

  var body: some View {
    ScrollView {
      ForEach(states(Mock(language: .ar))) { state in
        preview(of: state)
      }
      ForEach(states(Mock(language: .fr))) { state in
        preview(of: state).environment(\.colorScheme, .dark).dynamicTypeSize(.accessibility5)
      }
    }
  }

  private func preview(of state: ScreenState) -> some View {
    VStack {
      Text(verbatim: state.name).font(.callout)
      state.view.frame(height: 720)
    }
  }
}

// The macro is Xcode's: the check of the views on Linux has none.
#if canImport(DeveloperToolsSupport)
  #Preview("Sign in") { StatePreviews { $0.signInStates } }
  #Preview("Password request") { StatePreviews { $0.passwordRequestStates } }
  #Preview("Mail sent") { StatePreviews { $0.mailSentStates } }
  #Preview("Charter") { StatePreviews { $0.charterStates } }
  #Preview("New password") { StatePreviews { $0.newPasswordStates } }
  #Preview("Services") { StatePreviews { $0.servicesStates } }
  #Preview("Service") { StatePreviews { $0.serviceStates } }
  #Preview("Start of a request") { StatePreviews { $0.startStates } }
  #Preview("Form of a request") { StatePreviews { $0.requestFormStates } }
  #Preview("Requests") { StatePreviews { $0.requestsStates } }
  #Preview("Request") { StatePreviews { $0.requestStates } }
  #Preview("Queued request") { StatePreviews { $0.queuedStates } }
  #Preview("Profile") { StatePreviews { $0.profileStates } }
  #Preview("Sign out") { StatePreviews { $0.signOutStates } }
  #Preview("Devices") { StatePreviews { $0.devicesStates } }
  #Preview("Change of password") { StatePreviews { $0.passwordStates } }
  #Preview("Blocked") { StatePreviews { $0.gateStates } }
  #Preview("Opening") { StatePreviews { $0.openingStates } }
  #Preview("Help") { StatePreviews { $0.helpStates } }
#endif
