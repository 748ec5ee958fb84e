// Declarations only, as Apple documents them:
// https://developer.apple.com/documentation/accessibility/accessibilitynotification

public enum AccessibilityNotification {
  public struct Announcement {
    public init(_ announcement: String) {}
    public func post() {}
  }
  public struct ScreenChanged {
    public init() {}
    public func post() {}
  }
}
