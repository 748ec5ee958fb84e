import FosKit
import Foundation
import SwiftUI

extension Mock {
  var openingStates: [ScreenState] {
    let storage = OpeningFailure(
      reason: say(
        "لا يستطيع التطبيق فتح ما هو محفوظ في هذا الهاتف، ولم يُحذف شيء.",
        "L’application ne peut pas ouvrir ce qui est gardé sur ce téléphone. Rien n’est effacé."),
      code: "0.1.0-I-O-DATABASE", canOpenWithNewFiles: true)
    let library = OpeningFailure(
      reason: nil, code: "0.1.0-I-O-INTERNAL", canOpenWithNewFiles: false)
    return [
      state("opening-failed-storage") { show(storage) },
      state("opening-failed-library") { show(library) },
      state("opening-failed-asked") { show(storage, asking: true) },
    ]
  }

  private func show(_ failure: OpeningFailure, asking: Bool = false) -> some View {
    OpeningFailedScreen(
      failure: failure, asking: asking, words: words, send: { _ in }, answer: { _ in })
  }

  /// The system's strings in this language, whatever the Mac's is.
  private var words: LocalizedStrings {
    let folder = Bundle.main.path(forResource: say("ar", "fr"), ofType: "lproj") ?? ""
    return LocalizedStrings(bundle: Bundle(path: folder) ?? .main)
  }
}
