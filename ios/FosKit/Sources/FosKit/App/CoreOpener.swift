import FosCore

/// Function that opens the core; tests replace it. Its last argument is true if the core opens with new files.
typealias CoreOpener = @Sendable (Config, Platform, Bool) async throws -> OpenedCore

/// Open core, with its phrases already read.
struct OpenedCore: Sendable {
  let fos: Fos
  let phrases: [Phrase: String]

  /// Opens files, and loads the library at its first call. `withNewFiles` the stored files, it opens without them.
  @concurrent static func open(
    _ config: Config, on platform: Platform, withNewFiles: Bool
  ) async throws -> OpenedCore {
    let open = withNewFiles ? Fos.openWithNewFiles : Fos.open
    let fos = try open(config, platform)
    return OpenedCore(fos: fos, phrases: fos.phrases())
  }
}
