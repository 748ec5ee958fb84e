import Observation

/// Pages over one root screen, over one tab or over the profile, the sheet over them, and the toast.
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
  public var sheet: Sheet? {
    didSet {
      guard sheet != oldValue else { return }
      toast = nil
      oldValue?.didClose()
    }
  }
  /// Text that shows for a moment, until another page or sheet shows.
  public var toast: String?

  private let rootDidShow: () -> Void

  /// Begins with these pages. `rootDidShow` is called when the last of them has gone.
  init(path: [Page] = [], rootDidShow: @escaping () -> Void = {}) {
    self.path = path
    self.rootDidShow = rootDidShow
  }

  /// The router that takes the next page: its own, or that of the profile's sheet over it.
  public var front: Router {
    if case .profile(_, let router) = sheet { router.front } else { self }
  }

  /// Pages over the first one, where that shows beside the root.
  public var pathOverFirst: [Page] {
    get { Array(path.dropFirst()) }
    set { path = path.prefix(1) + newValue }
  }

  /// Number of pages and sheets over the root.
  public var depth: Int { path.count + (sheet?.depth ?? 0) }

  /// The screen on top; `nil` if nothing is over the root.
  var screen: (any ScreenModel)? { sheet?.screen ?? path.last?.screen }

  var screens: [any ScreenModel] { path.map(\.screen) + (sheet?.screens ?? []) }

  /// Goes back one step; returns false if nothing is over the root.
  func back() -> Bool {
    if case .profile(_, let router) = sheet, router.back() { return true }
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
    sheet = nil
    path = []
  }
}
