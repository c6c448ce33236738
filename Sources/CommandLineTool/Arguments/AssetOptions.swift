internal import ArgumentParser
internal import KVSync
internal import ModuleStore
internal import SystemPackage

/// The options that name a folder which is published, what of it, and in which of the ancestors' forms.
struct AssetOptions: ParsableArguments {
  @Option(
    "assets", short: "a", value: "dir", help: "Publish this folder, not a branch.", completion: .directory)
  private var directory: String?
  @Option("include", value: "pattern", help: "Publish only files that match, as in .gitignore.")
  private var included: [String] = []
  @Option("exclude", value: "pattern", help: "Leave out files that match.")
  private var excluded: [String] = []
  @Option(
    "output", short: "o", value: "file",
    help: "Also write a manifest of paths and keys.",
    completion: .file())
  var output: String?
  @Option(
    "manifest-format", value: "format", help: "Default: bincode.")
  private var givenFormat: AssetManifest.Format?
  @Option("key-format", value: "format", help: "Format of keys.")
  var keyFormat: AssetKeyFormat?
  @Option(
    "emit-bulk", value: "file", help: "Send nothing; write files for wrangler kv bulk put.",
    completion: .file())
  var bulkFile: String?
  @Flag("prune", help: "Remove files that no manifest has, after the grace.")
  var prunes = false
  @Option("grace", value: "time", help: "How long to keep them; at least 3h. (default: 24h)") var grace:
    TimeSpan?
  @Option("dump", value: "file", help: "Only print a manifest as JSON.", completion: .file())
  var dumped: String?

  /// The time for which keys stay that no manifest contains, in seconds; nil if none are removed.
  var secondsToStay: Int64? { prunes ? grace?.seconds ?? AssetOptions.standardGrace : nil }

  private static let standardGrace: Int64 = 24 * 3_600

  /// How a manifest is written.
  var manifestFormat: AssetManifest.Format { givenFormat ?? .bincode }

  /// What is published of which folder.
  struct Folder {
    let name: FilePath
    var selection: AssetFolder.Selection

    /// The folder.
    func folder() throws -> AssetFolder { try AssetFolder(name, selection) }

    /// The files as they are now.
    func source(_ session: Session) throws -> any PublishSource {
      let folder = try folder()
      let cache = session.settings.cacheFolder.map {
        DigestCache(in: FilePath($0).appending("kv"), of: folder)
      }
      return try FolderSource(
        folder, as: session.publishedBranch, by: session.author?.name ?? Author.standard.name, cache: cache,
        session.work)
    }
  }

  /// The folder; nil if none is named.
  var folder: Folder? {
    get throws(Failure) {
      guard let directory else {
        guard included.isEmpty, excluded.isEmpty else {
          throw .usage("--include and --exclude require --assets")
        }
        return nil
      }
      var selection = AssetFolder.Selection()
      (selection.included, selection.excluded) = (included, excluded)
      return Folder(name: FilePath(directory), selection: selection)
    }
  }

  /// Refuses what does not go along with a TARGET.
  func check(hasTarget: Bool) throws(Failure) {
    let isAssetsMode = directory != nil && !hasTarget && bulkFile == nil
    if prunes, !isAssetsMode {
      throw .usage("kv-sync cannot prune a TARGET", hint: "use wasmstore kv prune TARGET")
    }
    if let grace {
      guard prunes else { throw .usage("--grace requires --prune") }
      guard grace.seconds >= Pruner.Request.shortestGrace else { throw .usage("--grace must be at least 3h") }
    }
    if bulkFile != nil, hasTarget {
      throw .usage("--emit-bulk cannot be used with a TARGET: it sends nothing")
    }
    if keyFormat != nil, !isAssetsMode, bulkFile == nil {
      throw .usage("--key-format requires --emit-bulk, or --assets without a TARGET")
    }
  }
}

extension AssetManifest.Format: ArgumentValue {}
extension AssetKeyFormat: ArgumentValue {}
