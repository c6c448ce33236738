internal import Catalog
internal import Git
internal import Identifiers
internal import SystemPackage

extension StoreSession {
  /// Adds the modules of a folder or an archive in one commit: all of them or none.
  ///
  /// All other files are skipped. The contents of an archive are written to one of the store's own files before
  /// anything is locked, independent of their names.
  ///
  /// - Parameter request: The files to import.
  /// - Returns: The changes.
  /// - Throws: `StoreError.invalidModule`, `.invalidPath` for a name that leads outside an archive or a module's name
  ///   that is not a valid path, `.source` if something cannot be read, `.pathConflict`.
  public func importModules(_ request: ImportRequest) throws(StoreError) -> ImportResult {
    let sources: [ModuleSource]
    var skipped: [String]
    switch request.source {
    case .folder(let folder):
      let found = try FoundSources(among: [folder], below: request.prefix)
      (sources, skipped) = (found.sources, found.skipped.map(\.string))
    case .archive(let origin):
      let archive = try UnpackedArchive(origin, in: layout.temporary, below: request.prefix, work)
      defer { archive.remove() }
      return try add(archive.sources, skipped: archive.skipped, kept: archive.paths, request)
    }
    return try add(sources, skipped: skipped, kept: Set(sources.map(\.path)), request)
  }

  private func add(
    _ sources: [ModuleSource], skipped: [String], kept: Set<ModulePath>, _ request: ImportRequest
  ) throws(StoreError) -> ImportResult {
    var addition = AddRequest(sources)
    addition.message = request.message
    addition.features = request.features
    addition.waivesVerdict = request.waivesVerdict
    addition.isDryRun = request.isDryRun
    addition.command = "import"
    if request.prunes { addition.replacement = Replacement(prefix: request.prefix, kept: kept) }
    let result = try addModules(addition)
    let known = Dictionary(result.stored.map { ($0.blob, $0.facts) }) { first, _ in first }
    return ImportResult(
      commit: result.added.commit, changes: try changes(of: result.transaction.differences, known: known),
      skipped: skipped + result.added.skipped.map(\.name))
  }
}
