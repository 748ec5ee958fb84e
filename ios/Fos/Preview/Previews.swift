import FosCore
import SwiftUI

extension Mock {
  /// Every state of every screen.
  var states: [ScreenState] {
    signInStates + passwordRequestStates + mailSentStates + charterStates + newPasswordStates
      + servicesStates + serviceStates + startStates + requestsStates + requestStates
      + queuedStates
      + requestFormStates + profileStates + signOutStates + devicesStates + passwordStates
      + openingStates + gateStates + helpStates
  }
}

/// Arabic as most read it, and French in the dark at the largest letters.
struct Screens_Previews: PreviewProvider {
  static var previews: some View {
    ForEach(Mock(language: .ar).states) { state in
      state.view.previewDisplayName(state.name)
    }
    ForEach(Mock(language: .fr).states) { state in
      state.view.previewDisplayName("\(state.name), fr")
        .preferredColorScheme(.dark)
        .dynamicTypeSize(.accessibility5)
    }
  }
}
