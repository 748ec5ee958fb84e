import Foundation

/// Request to show a place of a form and to give it the focus. Each one is unique, since a place can be requested twice.
public struct FocusRequest: Equatable, Sendable {
  /// Key of a field; `nil` for the summary of problems.
  public let field: String?
  private let id = UUID()

  init(field: String?) { self.field = field }
}
