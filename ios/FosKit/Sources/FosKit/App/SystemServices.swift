import FosCore

/// Services of the phone for the app.
@MainActor public protocol SystemServices: AnyObject {
  /// Opens a link: a shop's page, a telephone number, a mail to write.
  func open(link: String)
  /// Shows a document that the core has put into the app's own folder.
  func show(document: FileView)
  /// Offers to hand on such a document: to a mail, another app, a printer.
  func share(document: FileView)
  /// Offers to hand on a text.
  func share(text: String)
  /// Puts this on the clipboard, to the letter.
  func copy(_ text: String)
  /// Returns the third-party parts of the app, from the list that the build puts beside it.
  func licences() async -> [Licence]
}

/// Third-party component of the app.
public struct Licence: Sendable, Hashable, Identifiable {
  /// Its name.
  public let name: String
  /// Its version.
  public let version: String
  /// An SPDX expression.
  public let licence: String
  /// The licence's own words.
  public let texts: [String]
  public var id: [String] { [name, version] }

  /// A part as the list has it.
  public init(name: String, version: String, licence: String, texts: [String]) {
    self.name = name
    self.version = version
    self.licence = licence
    self.texts = texts
  }
}
