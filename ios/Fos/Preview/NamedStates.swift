import FosCore
import Foundation

/// Named states of all screens in one language. A run of the core over the reference portal records them
/// (`tests/journeys/src/named_states`); nothing in them is written for a preview.
struct NamedStates: Decodable {
  let language: Language
  let phrases: [Phrase: String]
  let states: [NamedState]

  /// Reads the file of a language from the app's resources, which contain it in a debug build only.
  static func read(_ language: Language) throws -> NamedStates {
    let file = Bundle.main.url(forResource: "\(language)", withExtension: "json")
    guard let file else { throw CocoaError(.fileNoSuchFile) }
    return try JSONDecoder().decode(NamedStates.self, from: Data(contentsOf: file))
  }

  private enum CodingKeys: CodingKey { case language, phrases, states }

  init(from decoder: any Decoder) throws {
    let file = try decoder.container(keyedBy: CodingKeys.self)
    language = try file.decode(String.self, forKey: .language) == "ar" ? .ar : .fr
    states = try file.decode([NamedState].self, forKey: .states)
    let pairs = try file.decode([[String]].self, forKey: .phrases).map { pair in
      (try (Data(base64Encoded: pair[0]) ?? Data()).read(FfiConverterTypePhrase.read), pair[1])
    }
    phrases = Dictionary(uniqueKeysWithValues: pairs)
  }
}

/// One screen in one situation.
struct NamedState: Decodable {
  let name, screen: String
  /// Views and notices of the core, as UniFFI serialises them.
  let views, notices: [Data]
  /// Message of a failed action, or the reason for which there is no view.
  let problem: String?
  /// True while an action is under way.
  let working: Bool
  /// True while the question before an irreversible action is open.
  let confirming: Bool
  /// True for what shows only once a wait is noticed.
  let waits: Bool
  /// Secrets in the fields, and other texts that only the face holds.
  let typed: [String: String]
  /// Text of the list's search; on a form the key of the field whose list of options is open.
  let search: String?
}

/// Function of the generated bindings that reads a record; it does not call the library.
typealias ViewReader<View> = (inout (data: Data, offset: Data.Index)) throws -> View

extension Data {
  /// Reads all of the bytes as one value.
  func read<Value>(_ read: ViewReader<Value>) throws -> Value {
    var reader = (data: self, offset: startIndex)
    let value = try read(&reader)
    guard reader.offset == endIndex else { throw CocoaError(.coderReadCorrupt) }
    return value
  }
}
