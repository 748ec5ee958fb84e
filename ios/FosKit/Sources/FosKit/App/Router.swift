import FosCore
import Foundation
import Observation

/// Text that shows for a moment: the confirmation of an action, or the error that changed the stage.
public struct Toast: Equatable, Sendable {
  public let text: String
  public var isProblem = false

  public init(text: String, isProblem: Bool = false) {
    self.text = text
    self.isProblem = isProblem
  }
}

/// Content that the system's own sheet passes on: to a mail, another app, a printer.
public enum SharedItem: Hashable, Identifiable {
  case file(URL)
  case text(String)

  public var id: Self { self }
}

/// Pages over one root screen, over one tab or over the profile, the sheet over them, and what the system shows over those.
@MainActor @Observable public final class Router: HashableByIdentity {
  public var path: [Page] = [] {
    didSet {
      if path != oldValue {
        toast = nil
        if path.isEmpty { rootDidShow() }
      }
      for page in oldValue where !path.contains(page) { page.screen.didClose() }
    }
  }
  /// Sheet over them. One that is taken away closes.
  public var sheet: Page? {
    didSet {
      guard sheet != oldValue else { return }
      toast = nil
      for screen in screens(of: oldValue) { screen.didClose() }
    }
  }
  /// Shows until another page or sheet does.
  public var toast: Toast?
  /// File that the system previews.
  public var document: URL?
  public var shared: SharedItem?

  private let rootDidShow: () -> Void

  /// Begins with these pages. `rootDidShow` is called when the last of them has gone.
  init(path: [Page] = [], rootDidShow: @escaping () -> Void = {}) {
    self.path = path
    self.rootDidShow = rootDidShow
  }

  /// The router that takes the next page: its own, or that of the profile's sheet over it.
  public var front: Router { sheet?.router?.front ?? self }

  /// Pages over the first one, where that shows beside the root.
  public var pathOverFirst: [Page] {
    get { Array(path.dropFirst()) }
    set { path = path.prefix(1) + newValue }
  }

  /// Number of pages and sheets over the root.
  public var depth: Int { screens.count }

  /// The screen on top; `nil` if nothing is over the root.
  var screen: (any ScreenModel)? { screens.last }

  var screens: [any ScreenModel] { path.map(\.screen) + screens(of: sheet) }

  private func screens(of sheet: Page?) -> [any ScreenModel] {
    [sheet?.screen].compactMap(\.self) + (sheet?.router?.screens ?? [])
  }

  /// Goes back one step; returns false if nothing is over the root.
  func back() -> Bool {
    if sheet?.router?.back() == true { return true }
    if sheet != nil {
      sheet = nil
    } else if path.isEmpty {
      return false
    } else {
      path.removeLast()
    }
    return true
  }

  /// Closes everything over the root.
  func close() {
    (sheet, document, shared) = (nil, nil, nil)
    path = []
  }
}
