// swift-tools-version: 6.2

import PackageDescription

let strict: [SwiftSetting] = [.treatAllWarnings(as: .error)]

let package = Package(
  name: "FosKit",
  platforms: [.iOS(.v17), .macOS(.v14)],
  products: [.library(name: "FosKit", targets: ["FosKit"])],
  dependencies: [.package(path: "../../bindings/swift")],
  targets: [
    .target(
      name: "FosKit",
      dependencies: [.product(name: "FosCore", package: "swift")],
      swiftSettings: strict
    ),
    // Walks the models through the members' journeys; it is no part of the app.
    .executableTarget(
      name: "fos-face-swift",
      dependencies: ["FosKit"],
      path: "Tests/FosFace",
      swiftSettings: strict
    ),
    .testTarget(name: "FosKitTests", dependencies: ["FosKit"], swiftSettings: strict),
  ],
  swiftLanguageModes: [.v6]
)
