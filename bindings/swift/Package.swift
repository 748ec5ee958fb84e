// swift-tools-version: 6.0

import PackageDescription

// Where cargo has put the library: `FOS_LIBRARY` says so, and a build at the house's own place needs no word.
let library =
  Context.environment["FOS_LIBRARY"] ?? "\(Context.packageDirectory)/../../target/debug"

let package = Package(
  name: "FosCore",
  platforms: [.iOS(.v17), .macOS(.v14)],
  products: [.library(name: "FosCore", targets: ["FosCore"])],
  targets: [
    .systemLibrary(name: "fos_coreFFI"),
    .target(
      name: "FosCore",
      dependencies: ["fos_coreFFI"],
      linkerSettings: [
        .linkedLibrary("fos"),
        .unsafeFlags(["-L\(library)", "-Xlinker", "-rpath", "-Xlinker", library]),
      ]
    ),
    .testTarget(name: "FosCoreTests", dependencies: ["FosCore"]),
  ],
  swiftLanguageModes: [.v6]
)
