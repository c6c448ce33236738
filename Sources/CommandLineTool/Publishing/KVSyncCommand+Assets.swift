internal import FileSystem
internal import Identifiers
internal import KVSync
internal import ModuleStore
internal import StoreJSON
internal import SystemPackage
internal import WorkersKV
internal import Wrangler

extension KVSyncCommand {
  /// Prints a manifest.
  func dump(_ name: String, _ console: Console) throws {
    guard let bytes = try contents(of: FilePath(name)) else { throw Failure(.notFound, "no file \(name)") }
    try console.emit(AssetDump(manifest: AssetManifest(bytes, named: name)))
  }

  /// Writes what would be sent to files, and sends nothing.
  func writeBulk(_ name: String, _ session: Session) throws {
    let source = try source(session)
    let values = try BulkValues(of: source, assets.keyFormat ?? .sha256, at: session.now.seconds)
    let manifest = try assets.output.map { try AssetManifestFile(FilePath($0), assets.manifestFormat) }
    // What it cannot tell of is told before anything is written.
    if let manifest { _ = try manifest.change(to: values.manifest) }
    if dryRun.dryRun { return }
    let written = try session.withUserMask {
      let written = try BulkFiles.write(FilePath(name), values.values)
      try manifest?.write(values.manifest)
      return written
    }
    try session.console.emit(list: written.map { BulkLine(file: $0) })
  }

  /// Uploads a folder as kv-assets does: where wrangler has a Worker's site, with a manifest for the Worker to take in.
  func syncAssets(_ folder: AssetOptions.Folder, _ session: Session) throws {
    guard let wrangler = try options.wranglerFile(session) else { throw TargetOptions.noFile }
    guard let worker = wrangler.name else { throw WranglerError.missing("name", path: wrangler.path.string) }
    let account = try options.account(TargetSettings(), wrangler, session)
    let namespace =
      options.namespace ?? "__\(worker)-workers_sites_assets" + (options.isPreview ? "_preview" : "")
    // Nothing asks for heads.
    let target = try KVTarget("workers://\(account)/\(namespace)", head: "kv")
      .served(by: session.settings.kvService)
    let contents = try AssetContents(
      of: try assetSource(folder, wrangler, session), assets.keyFormat ?? .wrangler1)
    let now = session.now.seconds
    let file = try AssetManifestFile(
      FilePath(assets.output ?? KVSyncCommand.standardManifest), assets.manifestFormat)
    let change = try file.change(to: contents.manifest)
    let place = PublishPlace(
      remote: .workersKV(target), store: "", token: session.settings.kvToken, headToken: nil)
    var replaced = try ReplacedKeys(in: try record(of: place, session))
    try replaced.replace(try file.manifest(), by: contents.manifest, in: file.path, at: now)
    let outcome = try RemoteTarget.with(place, making: !dryRun.dryRun, session.settings) { remote in
      let sync = AssetSync(contents, to: remote.values, at: now, session.work)
      let outcome = try sync.run(
        isDryRun: dryRun.dryRun, replaced: &replaced,
        grace: assets.secondsToStay
      ) { replaced in
        // Whoever reads the new manifest finds all keys; the record of the old one's is there before the old one goes.
        try replaced.write()
        try file.write(contents.manifest)
      }
      if !dryRun.dryRun { try replaced.write() }
      return outcome
    }
    for path in contents.leftOut { session.console.note("\(path.spelled) is no file, and is not published") }
    try session.console.emit(
      AssetReport(
        outcome: outcome, file: file, change: change, isDryRun: dryRun.dryRun, isVerbose: common.verbose > 0))
  }

  /// The manifest that kv-assets writes unless another one is named.
  private static let standardManifest = "data/assets.bin"

  /// The files of a folder, as wrangler's settings of a site choose them where no option does.
  private func assetSource(
    _ folder: AssetOptions.Folder, _ wrangler: WranglerFile, _ session: Session
  ) throws -> any PublishSource {
    var folder = folder
    if folder.selection.included.isEmpty, folder.selection.excluded.isEmpty {
      folder.selection.included = wrangler.included
      folder.selection.excluded = wrangler.excluded
    }
    guard try !folder.folder().isCurrent else {
      throw Failure(.invalidInput, "the folder of the assets must not be the current one")
    }
    return try folder.source(session)
  }

  /// Where the keys are noted that manifests of a namespace had before.
  private func record(of place: PublishPlace, _ session: Session) throws(Failure) -> FilePath? {
    guard let folder = session.settings.stateFolder else {
      guard !assets.prunes else {
        throw Failure(.failed, "it is not known which keys were replaced", hint: "set HOME or XDG_STATE_HOME")
      }
      return nil
    }
    let name = ModuleDigest(of: Array(place.address.utf8)).hex.prefix(KVSyncCommand.recordDigits)
    return FilePath(folder).appending("kv").appending("replaced-\(name).json")
  }

  private static let recordDigits = 16

  // MARK: A manifest beside what is published

  /// Refuses files that the manifest which is to be written cannot tell of.
  func checkManifest(of source: any PublishSource) throws {
    guard assets.output != nil else { return }
    for file in try source.files().files {
      guard let path = String(validating: file.path, as: UTF8.self) else {
        throw AssetError.notUTF8(RawPath([0x2f] + file.path).spelled)
      }
      let isInChunks = ValueLimits.workersKV.wholeContent.map { file.size > $0 } ?? false
      if isInChunks, !assets.manifestFormat.tellsOfChunks { throw AssetError.inChunks("/" + path) }
    }
  }

  /// Writes the manifest of what is published.
  func writeManifest(
    _ digest: ModuleDigest, of values: any ValueStore, cache: ManifestCache?, _ session: Session
  ) throws {
    guard let output = assets.output else { return }
    let manifest = try AssetManifest(of: PublishedManifest(values, cache: cache).rows(of: digest))
    try session.withUserMask {
      try AssetManifestFile(FilePath(output), assets.manifestFormat).write(manifest)
    }
  }
}
