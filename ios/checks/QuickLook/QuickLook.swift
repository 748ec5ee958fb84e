// Declarations only, as Apple documents them:
// https://developer.apple.com/documentation/swiftui/view/quicklookpreview(_:)
import Foundation
import SwiftUI

extension View {
  nonisolated public func quickLookPreview(_ item: Binding<URL?>) -> some View { EmptyView() }
}
