import FosCore

/// Text of secret fields: in memory while it is typed, in nothing that is printed.
public struct Secrets: CustomStringConvertible, CustomReflectable {
  private var typed: [String: String] = [:]

  /// The text of one field, for the field itself.
  public subscript(key: String) -> String { typed[key, default: ""] }

  public var description: String { "•" }
  public var customMirror: Mirror { Mirror(self, children: [:]) }

  var crossing: [SecretInput] { typed.map { SecretInput(key: $0.key, value: $0.value) } }

  mutating func keep(_ text: String, of key: String) { typed[key] = text }

  mutating func forget(_ key: String) { typed[key] = nil }

  mutating func forget() { typed = [:] }
}
