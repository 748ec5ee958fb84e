// swift-tools-version: 6.0

import Foundation
import PackageDescription

// For an iPhone the library comes packed (`cargo xtask xcframework`); a computer links the one that cargo has built.
let framework = "FosCore.xcframework"
// Folder of the library: the one that `FOS_LIBRARY` names, or else cargo's.
let libraryFolder = Context.environment["FOS_LIBRARY"]
let library = libraryFolder ?? "\(Context.packageDirectory)/../../target/debug"
// A Mac that has both tests with the one that is named.
let packed =
  libraryFolder == nil
  && FileManager.default.fileExists(atPath: "\(Context.packageDirectory)/\(framework)")

let core: Target =
  packed
  ? .binaryTarget(name: "fos_coreFFI", path: framework) : .systemLibrary(name: "fos_coreFFI")
let linked: [LinkerSetting] =
  packed
  ? [.linkedFramework("Security")]
  : [
    .linkedLibrary("fos"),
    .unsafeFlags(["-L\(library)", "-Xlinker", "-rpath", "-Xlinker", library]),
  ]

let package = Package(
  name: "FosCore",
  platforms: [.iOS(.v17), .macOS(.v14)],
  products: [.library(name: "FosCore", targets: ["FosCore"])],
  targets: [
    core,
    .target(name: "FosCore", dependencies: ["fos_coreFFI"], linkerSettings: linked),
    .testTarget(name: "FosCoreTests", dependencies: ["FosCore"]),
  ],
  swiftLanguageModes: [.v6]
)
