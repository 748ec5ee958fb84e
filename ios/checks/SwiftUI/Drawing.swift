import UIKit

// MARK: - https://developer.apple.com/documentation/swiftui/shapestyle

public protocol ShapeStyle: Sendable {}

/// https://developer.apple.com/documentation/swiftui/hierarchicalshapestyle
public struct HierarchicalShapeStyle: ShapeStyle {}
extension ShapeStyle where Self == HierarchicalShapeStyle {
  public static var secondary: Self { Self() }
}

/// https://developer.apple.com/documentation/swiftui/color
public struct Color: ShapeStyle, Drawn, Hashable, Sendable {
  nonisolated public init(_ name: String, bundle: Bundle? = nil) {}
  public static let clear = Color("")
}

// MARK: - https://developer.apple.com/documentation/swiftui/shape

public protocol Shape: Sendable, View {
  nonisolated func path(in rect: CGRect) -> Path
}
extension Shape {
  public var body: Never { fatalError() }
  nonisolated public func fill<S: ShapeStyle>(_ content: S) -> some View { EmptyView() }
}

/// https://developer.apple.com/documentation/swiftui/insettableshape
public protocol InsettableShape: Shape {}
extension InsettableShape {
  nonisolated public func strokeBorder<S: ShapeStyle>(
    _ content: S, lineWidth: CGFloat = 1, antialiased: Bool = true
  ) -> some View { EmptyView() }
}

public struct Rectangle: Shape {
  nonisolated public init() {}
  nonisolated public func path(in rect: CGRect) -> Path { Path { _ in } }
}
public struct Capsule: Shape {
  nonisolated public init() {}
  nonisolated public func path(in rect: CGRect) -> Path { Path { _ in } }
}
public struct Circle: Shape {
  nonisolated public init() {}
  nonisolated public func path(in rect: CGRect) -> Path { Path { _ in } }
}
public struct RoundedRectangle: InsettableShape {
  nonisolated public init(cornerRadius: CGFloat) {}
  nonisolated public func path(in rect: CGRect) -> Path { Path { _ in } }
}
extension Shape where Self == Rectangle {
  nonisolated public static var rect: Rectangle { Rectangle() }
}
extension Shape where Self == RoundedRectangle {
  nonisolated public static func rect(cornerRadius: CGFloat) -> Self {
    Self(cornerRadius: cornerRadius)
  }
}

/// https://developer.apple.com/documentation/swiftui/path
public struct Path: Sendable {
  nonisolated public init(_ callback: (inout Path) -> Void) {}
  nonisolated public mutating func move(to end: CGPoint) {}
  nonisolated public mutating func addLine(to end: CGPoint) {}
  nonisolated public mutating func closeSubpath() {}
}

// MARK: - https://developer.apple.com/documentation/swiftui/font

public struct Font: Hashable, Sendable {
  public struct Weight: Hashable, Sendable {
    public static let semibold = Weight()
  }
  public enum TextStyle: Hashable, Sendable { case headline }
  public static let largeTitle = Font()
  public static let title = Font()
  public static let title2 = Font()
  public static let title3 = Font()
  public static let headline = Font()
  public static let subheadline = Font()
  public static let body = Font()
  public static let callout = Font()
  public static let footnote = Font()
  public func weight(_ weight: Weight) -> Font { self }
  public func monospacedDigit() -> Font { self }
  public func monospaced() -> Font { self }
}

// MARK: - https://developer.apple.com/documentation/swiftui/view-styles

public struct BorderedProminentButtonStyle { nonisolated public init() {} }
public struct BorderedButtonStyle { nonisolated public init() {} }
public struct BorderlessButtonStyle { nonisolated public init() {} }
public struct PlainButtonStyle { nonisolated public init() {} }
public protocol PrimitiveButtonStyle {}
extension BorderedProminentButtonStyle: PrimitiveButtonStyle {}
extension BorderedButtonStyle: PrimitiveButtonStyle {}
extension BorderlessButtonStyle: PrimitiveButtonStyle {}
extension PlainButtonStyle: PrimitiveButtonStyle {}
extension PrimitiveButtonStyle where Self == BorderedProminentButtonStyle {
  public static var borderedProminent: Self { Self() }
}
extension PrimitiveButtonStyle where Self == BorderedButtonStyle {
  public static var bordered: Self { Self() }
}
extension PrimitiveButtonStyle where Self == BorderlessButtonStyle {
  public static var borderless: Self { Self() }
}
extension PrimitiveButtonStyle where Self == PlainButtonStyle {
  public static var plain: Self { Self() }
}

public protocol ListStyle {}
public struct InsetGroupedListStyle: ListStyle { nonisolated public init() {} }
extension ListStyle where Self == InsetGroupedListStyle {
  public static var insetGrouped: Self { Self() }
}
public protocol PickerStyle {}
public struct InlinePickerStyle: PickerStyle { nonisolated public init() {} }
extension PickerStyle where Self == InlinePickerStyle {
  public static var inline: Self { Self() }
}
public struct SegmentedPickerStyle: PickerStyle { nonisolated public init() {} }
extension PickerStyle where Self == SegmentedPickerStyle {
  public static var segmented: Self { Self() }
}
public protocol LabelStyle {}
public struct IconOnlyLabelStyle: LabelStyle { nonisolated public init() {} }
extension LabelStyle where Self == IconOnlyLabelStyle {
  public static var iconOnly: Self { Self() }
}
public enum ControlSize: Sendable { case large }

extension View {
  nonisolated public func buttonStyle<S: PrimitiveButtonStyle>(_ style: S) -> some View {
    EmptyView()
  }
  nonisolated public func listStyle<S: ListStyle>(_ style: S) -> some View { EmptyView() }
  nonisolated public func pickerStyle<S: PickerStyle>(_ style: S) -> some View { EmptyView() }
  nonisolated public func labelStyle<S: LabelStyle>(_ style: S) -> some View { EmptyView() }
  nonisolated public func controlSize(_ controlSize: ControlSize) -> some View { EmptyView() }
}

// MARK: - https://developer.apple.com/documentation/swiftui/withanimation(_:_:)

public struct Animation: Sendable {
  public static let `default` = Animation()
}
extension View {
  nonisolated public func animation<V: Equatable>(_ animation: Animation?, value: V) -> some View {
    EmptyView()
  }
}
public func withAnimation<Result>(
  _ animation: Animation? = .default, _ body: () throws -> Result
) rethrows -> Result { try body() }
