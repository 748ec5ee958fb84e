// Generated from android/assets.toml.

/// The system's symbols by the names that views give them.
enum Symbols {
  /// The symbol of this name; a page of text for a name that this version does not know.
  static func of(_ name: String) -> String { names[name, default: "{{ fallback }}"] }

  private static let names = [
    {% for name, symbol in symbols %}
    "{{ name }}": "{{ symbol }}",
    {% endfor %}
  ]
}
