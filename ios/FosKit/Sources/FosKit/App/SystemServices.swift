/// Services of the operating system: links, clipboard, licences.
@MainActor public protocol SystemServices: AnyObject {
  /// Opens a link: a page of the store, a telephone number, a mail to write.
  func open(link: String)
  /// Copies the text to the pasteboard, unchanged.
  func copy(_ text: String)
  /// Returns the third-party parts of the app, from the list that the build puts beside it.
  func licences() async -> Licences
}

/// Third-party parts of the app, as the build lists them (`tests/xtask/src/assets/licences.rs`).
public struct Licences: Decodable, Sendable {
  public struct Part: Decodable, Hashable, Sendable {
    public let name, version: String
    /// An SPDX expression.
    public let licence: String
    let texts: [Int]
  }

  public let parts: [Part]
  let texts: [String]

  public init(parts: [Part] = [], texts: [String] = []) {
    (self.parts, self.texts) = (parts, texts)
  }
}
