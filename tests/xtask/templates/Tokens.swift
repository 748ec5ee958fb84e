// Generated from android/tokens.json.
import SwiftUI

/// Design tokens.
enum Tokens {
  {% for colour in colours %}
  static let {{ colour }} = Color("{{ colour }}")
  {% endfor %}
  {% for group, type in [
    ("space", "CGFloat"), ("size", "CGFloat"), ("radius", "CGFloat"), ("motion", "Int"), ("mark", "Double")
  ] %}

  enum {{ group|capitalize }} {
    {% for name, value in tokens[group]|items if value is number %}
    static let {{ name }}: {{ "Int" if group == "mark" and value is integer else type }} = {{ value }}
    {% endfor %}
  }
  {% endfor %}
}
