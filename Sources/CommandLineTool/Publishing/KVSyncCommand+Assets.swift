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
    guard let bytes = try contents(of: FilePath(name)) else {
      throw Failure(.notFound, "there is no file \(name)")
    }
    try console.emit(AssetDump(manifest: AssetManifest(bytes, named: name)))
  }

  /// Writes the values to files instead of sending them.
  func writeBulk(_ name: String, _ session: Session) throws {
    let source = try source(session)
    let values = try BulkValues(of: source, assets.keyFormat ?? .sha256, at: session.now.seconds)
    let manifest = try assets.output.map { try AssetManifestFile(FilePath($0), assets.manifestFormat) }
    // Reports contents that the manifest cannot describe before anything is written.
    if let manifest { _ = try manifest.change(to: values.manifest) }
    if dryRun.dryRun { return }
    let written = try session.withUserMask {
      let written = try BulkFiles.write(FilePath(name), values.values)
      try manifest?.write(values.manifest)
      return written
    }
    try session.console.emit(
      table: written.map { BulkLine(file: $0) }, header: ["PAIRS", "SIZE", "FILE"])
  }

  /// Uploads a folder as kv-assets does: to the namespace of a Worker's site in wrangler, with a manifest that is built
  /// into the Worker.
  func syncAssets(_ folder: AssetOptions.Folder, _ session: Session) throws {
    guard let wrangler = try options.wranglerFile(session) else { throw TargetOptions.noFile }
    guard let worker = wrangler.name else { throw WranglerError.missing("name", path: wrangler.path.string) }
    let account = try options.account(TargetSettings(), wrangler, session)
    let namespace =
      options.namespace ?? "__\(worker)-workers_sites_assets" + (options.isPreview ? "_preview" : "")
    // The heads are not used.
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
        // All keys of the new manifest exist now; the record of the old keys is written before the old manifest is
        // replaced.
        try replaced.write()
        try file.write(contents.manifest)
      }
      if !dryRun.dryRun { try replaced.write() }
      return outcome
    }
    for path in contents.leftOut { session.console.note("skipped \(path.spelled): it is not a file") }
    try session.console.emit(
      AssetReport(
        outcome: outcome, file: file, change: change, isDryRun: dryRun.dryRun, isVerbose: common.verbose > 0))
  }

  /// The default path of the manifest of kv-assets.
  private static let standardManifest = "data/assets.bin"

  /// The files of a folder, as selected by options, otherwise by wrangler's settings of a site.
  private func assetSource(
    _ folder: AssetOptions.Folder, _ wrangler: WranglerFile, _ session: Session
  ) throws -> any PublishSource {
    var folder = folder
    if folder.selection.included.isEmpty, folder.selection.excluded.isEmpty {
      folder.selection.included = wrangler.included
      folder.selection.excluded = wrangler.excluded
    }
    guard try !folder.folder().isCurrent else {
      throw Failure(.invalidInput, "the folder of --assets must not be the current folder")
    }
    return try folder.source(session)
  }

  /// The file that records the keys of earlier manifests of a namespace.
  private func record(of place: PublishPlace, _ session: Session) throws(Failure) -> FilePath? {
    guard let folder = session.settings.stateFolder else {
      guard !assets.prunes else {
        throw Failure(.failed, "cannot find the list of replaced keys", hint: "set HOME or XDG_STATE_HOME")
      }
      return nil
    }
    let name = ModuleDigest(of: Array(place.address.utf8)).hex.prefix(KVSyncCommand.recordDigits)
    return FilePath(folder).appending("kv").appending("replaced-\(name).json")
  }

  private static let recordDigits = 16

  // MARK: A manifest beside published files

  /// Refuses files that the manifest to be written cannot describe.
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

  /// Writes the manifest of the published files.
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
