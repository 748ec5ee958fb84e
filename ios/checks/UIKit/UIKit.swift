// Declarations only, of what the app uses and no more, as Apple documents them. Under each heading: where.
@_exported import Foundation

// MARK: - https://developer.apple.com/documentation/uikit/uiapplication

@MainActor open class UIApplication: NSObject {
  public struct OpenExternalURLOptionsKey: Hashable, Sendable {}
  open class var shared: UIApplication { fatalError() }
  open var isProtectedDataAvailable: Bool { fatalError() }
  open func open(
    _ url: URL, options: [OpenExternalURLOptionsKey: Any] = [:],
    completionHandler completion: (@MainActor @Sendable (Bool) -> Void)? = nil
  ) {}
  open func beginBackgroundTask(
    withName taskName: String?, expirationHandler handler: (@MainActor @Sendable () -> Void)? = nil
  ) -> UIBackgroundTaskIdentifier { fatalError() }
  open func endBackgroundTask(_ identifier: UIBackgroundTaskIdentifier) {}
  open var shortcutItems: [UIApplicationShortcutItem]?
}
public struct UIBackgroundTaskIdentifier: Hashable, Sendable {
  public static let invalid = UIBackgroundTaskIdentifier()
}

// MARK: - https://developer.apple.com/documentation/uikit/uiapplicationshortcutitem

open class UIApplicationShortcutIcon: NSObject {
  public init(systemImageName: String) {}
}
open class UIApplicationShortcutItem: NSObject {
  open var type: String { fatalError() }
  public init(
    type: String, localizedTitle: String, localizedSubtitle: String?,
    icon: UIApplicationShortcutIcon?, userInfo: [String: any NSSecureCoding]? = nil
  ) {}
}

// MARK: - https://developer.apple.com/documentation/uikit/uiapplicationdelegate, uiscene

@MainActor public protocol UIApplicationDelegate: NSObjectProtocol {
  func application(
    _ application: UIApplication,
    configurationForConnecting connectingSceneSession: UISceneSession,
    options: UIScene.ConnectionOptions
  ) -> UISceneConfiguration
}
@MainActor public protocol UISceneDelegate: NSObjectProtocol {
  func scene(
    _ scene: UIScene, willConnectTo session: UISceneSession,
    options connectionOptions: UIScene.ConnectionOptions)
}
@MainActor public protocol UIWindowSceneDelegate: UISceneDelegate {
  func windowScene(
    _ windowScene: UIWindowScene, performActionFor shortcutItem: UIApplicationShortcutItem,
    completionHandler: @escaping (Bool) -> Void)
}
@MainActor open class UIScene: NSObject {
  @MainActor open class ConnectionOptions: NSObject {
    open var shortcutItem: UIApplicationShortcutItem? { fatalError() }
  }
}
open class UIWindowScene: UIScene {}
@MainActor open class UISceneSession: NSObject {
  public struct Role: Hashable, Sendable {}
  open var role: Role { fatalError() }
}
@MainActor open class UISceneConfiguration: NSObject {
  open var delegateClass: AnyClass?
  public init(name: String?, sessionRole: UISceneSession.Role) {}
}

// MARK: - https://developer.apple.com/documentation/uikit/uidevice, uipasteboard

@MainActor open class UIDevice: NSObject {
  open class var current: UIDevice { fatalError() }
  open var model: String { fatalError() }
}
open class UIPasteboard: NSObject {
  public struct OptionsKey: Hashable, Sendable {
    public static let expirationDate = OptionsKey()
    public static let localOnly = OptionsKey()
  }
  open class var general: UIPasteboard { fatalError() }
  open func setItems(_ items: [[String: Any]], options: [OptionsKey: Any] = [:]) {}
}

// MARK: - https://developer.apple.com/documentation/uikit/uinotificationfeedbackgenerator

@MainActor open class UINotificationFeedbackGenerator: NSObject {
  public enum FeedbackType: Int, Sendable { case success, warning, error }
  open func notificationOccurred(_ notificationType: FeedbackType) {}
}

// MARK: - https://developer.apple.com/documentation/uikit/uiaccessibility

public enum UIAccessibility {
  public static var isVoiceOverRunning: Bool { fatalError() }
  public static var isSwitchControlRunning: Bool { fatalError() }
}

// MARK: - https://developer.apple.com/documentation/uikit/uitextcontenttype, uikeyboardtype

public struct UITextContentType: Hashable, Sendable {
  public static let username = UITextContentType()
  public static let password = UITextContentType()
  public static let newPassword = UITextContentType()
  public static let emailAddress = UITextContentType()
  public static let telephoneNumber = UITextContentType()
}
public enum UIKeyboardType: Int, Sendable {
  case `default`, asciiCapable, numbersAndPunctuation, numberPad, phonePad, emailAddress, decimalPad
}

// MARK: - https://developer.apple.com/documentation/uikit/uitextfield, uiappearance, uitextinputtraits

public enum UITextSmartQuotesType: Int, Sendable { case `default`, no, yes }
public enum UITextSmartDashesType: Int, Sendable { case `default`, no, yes }
@MainActor open class UITextField: NSObject {
  open class func appearance() -> Self { fatalError() }
  open var smartQuotesType: UITextSmartQuotesType {
    get { fatalError() }
    set {}
  }
  open var smartDashesType: UITextSmartDashesType {
    get { fatalError() }
    set {}
  }
}

// MARK: - https://developer.apple.com/documentation/uikit/uiactivityviewcontroller

@MainActor open class UIViewController: NSObject {}
open class UIActivity: NSObject {}
open class UIActivityViewController: UIViewController {
  public init(activityItems: [Any], applicationActivities: [UIActivity]?) {}
}

// MARK: - https://developer.apple.com/documentation/os/logger

/// The module `os`, which the views import where there is one.
public struct Logger: Sendable {
  public init(subsystem: String, category: String) {}
  public func error(_ message: OSLogMessage) {}
}
public struct OSLogMessage: ExpressibleByStringInterpolation {
  public init(stringLiteral value: String) {}
  public init(stringInterpolation: OSLogInterpolation) {}
}
public struct OSLogPrivacy: Sendable {
  public static let `public` = OSLogPrivacy()
}
public struct OSLogInterpolation: StringInterpolationProtocol {
  public init(literalCapacity: Int, interpolationCount: Int) {}
  public mutating func appendLiteral(_ literal: String) {}
  public mutating func appendInterpolation(
    _ argument: @autoclosure @escaping () -> String, privacy: OSLogPrivacy
  ) {}
}
