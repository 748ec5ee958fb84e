// Mistakes that the compiler must report, in the notation of its option `-verify`. Compiled with the views, never shipped.
import FosCore
import FosKit
import SwiftUI

struct UnknownModifier: View {
  var body: some View { Text("").fonts() }
  // expected-error@-1 {{has no member 'fonts'}}
}

struct TextForAChip: View {
  var body: some View { Chip(chip: "open") }
  // expected-error@-1 {{cannot convert value of type 'String'}}
}

struct UnknownValueOfAModel: View {
  let model: ServicesModel
  var body: some View { Text(model.catalogue) }
  // expected-error@-1 {{has no member 'catalogue'}}
}

struct UnknownAction: View {
  let model: BlockingModel
  var body: some View { Button("") { model.send(.open) } }
  // expected-error@-1 {{has no member 'open'}}
}

struct ForgottenStages: View {
  let stage: Stage
  var body: some View {
    switch stage {
    // expected-error@-1 {{switch must be exhaustive}} expected-note@-1 * {{add missing case}}
    case .space: Text("")
    }
  }
}

func readOffTheMainThread(from core: CoreState) {
  Task.detached { print(core.notices) }
  // expected-error@-1 {{main actor-isolated}}
}
