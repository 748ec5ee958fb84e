/// Services of the operating system: links, clipboard, licences.
@MainActor public protocol SystemServices: AnyObject {
  /// Opens a link: a page of the store, a telephone number, a mail to write.
  func open(link: String)
  /// Copies the text to the pasteboard, unchanged.
  func copy(_ text: String)
  /// Returns the third-party parts of the app, from the list that the build puts beside it.
  func licences() async -> [Licence]
}

/// Third-party component of the app.
public struct Licence: Sendable, Hashable, Identifiable {
  public let name: String
  public let version: String
  /// An SPDX expression.
  public let licence: String
  public let texts: [String]
  public var id: [String] { [name, version] }

  public init(name: String, version: String, licence: String, texts: [String]) {
    self.name = name
    self.version = version
    self.licence = licence
    self.texts = texts
  }
}
