internal import Catalog
internal import Git
public import Identifiers
public import Wasm

/// A request to add modules.
public struct AddRequest: Sendable {
  /// The modules, at most one for each path.
  public var sources: [ModuleSource]
  /// The commit's message; nil for one that names the paths.
  public var message: String?
  /// The expected entries at paths before the change.
  public var expectations: [ModulePath: PathPrecondition] = [:]
  /// Whether existing entries at the paths are left as they are.
  public var keepsPresent = false
  /// The features that modules may use; nil for the setting `add.features`, otherwise the default set.
  public var features: Features?
  /// Whether invalid modules are stored too.
  public var waivesVerdict = false
  /// Whether everything is checked but nothing is written.
  public var isDryRun = false
  /// The revision at which a missing branch begins; nil for an empty branch.
  public var start: String?
  /// The expected head of the branch before the change; nil for any.
  public var expectedHead: ExpectedHead?
  /// The files to remove in favour of the sources; nil for none.
  var replacement: Replacement?
  /// The command for the operation record.
  var command = "add"

  /// Creates a request to add sources.
  public init(_ sources: [ModuleSource]) { self.sources = sources }
}

/// The expected head of a branch before a change.
public enum ExpectedHead: Hashable, Sendable {
  /// A revision.
  case revision(String)
  /// The branch must not exist.
  case absent
}

extension AddRequest {
  /// Requests the removal of the files without a source: all below a place, or in the whole branch.
  ///
  /// - Parameter prefix: The place; nil for the whole branch.
  public mutating func replaceAll(below prefix: ModulePath?) {
    replacement = Replacement(prefix: prefix, kept: Set(sources.map(\.path)), needsModules: true)
  }
}

/// Files to remove when others are added: those at a place that have no source.
struct Replacement: Sendable {
  /// The place; nil for the whole tree.
  let prefix: ModulePath?
  /// The paths that stay.
  let kept: Set<ModulePath>
  /// Whether nothing is removed if there are no modules: a build without output is an error.
  var needsModules = false
}

/// The added modules, and the changes of the commit.
struct AddedModules {
  let added: AddResult
  let transaction: TransactionResult
  /// The modules, whose facts cannot be read in a dry run.
  let stored: [StoredModule]
}

/// The result for one module.
public struct AddedModule: Hashable, Sendable {
  /// The outcomes for a path.
  public enum Outcome: String, Hashable, Sendable {
    case added
    case updated
    case unchanged
    /// The path has another entry, which was kept as requested.
    case kept
  }

  /// The path.
  public let path: ModulePath
  /// The present module at the path.
  public let digest: ModuleDigest
  /// Its size in bytes.
  public let size: Int
  /// The outcome for the path.
  public let outcome: Outcome
  /// The reason why the module is invalid; nil if it is valid, or if it existed already and is kept.
  public let problem: String?
}

/// The result of adding modules.
public struct AddResult: Hashable, Sendable {
  /// The modules in the order of the sources.
  public let modules: [AddedModule]
  /// The optional sources that are not modules.
  public let skipped: [ModuleSource]
  /// The commit; nil if nothing changed.
  public let commit: CommitID?
  /// The files that were removed in favour of them.
  public internal(set) var removed: [Change] = []
}

extension StoreSession {
  /// Validates modules and adds them in one commit: all of them or none.
  ///
  /// - Throws: `StoreError.invalidModule` if one is not a module, `.invalidModules` if several are not, `.source`,
  ///   `.pathConflict`, `.expectationFailed`, `.headUnexpected`.
  public func add(_ request: AddRequest) throws(StoreError) -> AddResult {
    var (result, differences) = try {
      () throws(StoreError) in
      let result = try addModules(request)
      return (result.added, result.transaction.differences)
    }()
    if request.replacement != nil { result.removed = try changes(of: differences.filter { $0.new == nil }) }
    return result
  }

  /// Does the same, and returns the changes of the commit.
  func addModules(_ request: AddRequest) throws(StoreError) -> AddedModules {
    var places: Set<ModulePath> = []
    for source in request.sources where !places.insert(source.path).inserted {
      throw .invalidPath(source.path.description, reason: "two files would be stored at this path")
    }
    let features = try features(acceptedBy: request)
    if request.isDryRun {
      let judged = try request.sources.map { source throws(StoreError) in
        try Judged { () throws(StoreError) in try survey(source, accepting: features) }
      }
      return try commit(try judged.modules(), request: request, objects: nil)
    }
    let spooled = try spool(request.sources, accepting: features)
    return try whileNothingIsDeleted { () throws(StoreError) in
      try store(request, spooled, accepting: features)
    }
  }

  /// Stores the request's modules and commits them.
  private func store(
    _ request: AddRequest, _ spooled: [SpooledModule?], accepting features: Features?
  ) throws(StoreError) -> AddedModules {
    if let source = request.sources.first, request.sources.count == 1 {
      let objects = ObjectSink(looseObjects)
      let module: StoredModule?
      if let spooled = spooled[0] {
        module = try store(spooled, in: objects)
      } else {
        module = try store(source, accepting: features, in: objects)
      }
      return try commit([module], request: request, objects: objects)
    }
    do {
      let pack = try PackWriter(
        objects: layout.objects, temporary: layout.temporary, exists: try objectReader.freshening())
      let modules = try store(request.sources, spooled, accepting: features, in: pack)
      return try commit(modules, request: request, objects: try ObjectSink(looseObjects, pack: pack))
    } catch let error as StoreError {
      throw error
    } catch let error as GitError {
      throw StoreError(error)
    } catch {
      throw .failed("\(error)")
    }
  }

  /// The features that modules may use; nil if the verdict is waived.
  private func features(acceptedBy request: AddRequest) throws(StoreError) -> Features? {
    if request.waivesVerdict { return nil }
    if let features = request.features { return features }
    return try acceptedFeatures
  }

  /// Commits the results for the request's sources, in their order.
  private func commit(
    _ stored: [StoredModule?], request: AddRequest, objects: ObjectSink?
  ) throws(StoreError) -> AddedModules {
    let pairs = zip(request.sources, stored)
    let modules = pairs.compactMap { source, module in module.map { (path: source.path, module: $0) } }
    let skipped = pairs.filter { $1 == nil }.map(\.0)
    var results: [AddedModule] = []
    let names = modules.map(\.path.description)
    let command = request.command + " " + (names.count == 1 ? names[0] : "\(names.count) modules")
    if request.replacement?.needsModules ?? false, modules.isEmpty {
      throw .failed("found no modules, so nothing was deleted")
    }
    let expected = try request.expectedHead.map { head throws(StoreError) -> CommitID? in
      guard case .revision(let revision) = head else { return nil }
      return try resolve(revision)
    }
    let start = try request.start.map { revision throws(StoreError) in try resolve(revision) }
    let result = try transaction(
      command, making: true, from: start, dryRun: request.isDryRun, objects: objects,
      modules: modules.map(\.module)
    ) { (transaction) throws(StoreError) in
      results = []
      if let expected, expected != transaction.head {
        throw .headUnexpected(branch, expected: expected, found: transaction.head)
      }
      for (path, expectation) in request.expectations {
        try test(expectation, at: path, in: transaction.editor)
      }
      if let replacement = request.replacement { try make(replacement, in: &transaction) }
      for (path, module) in modules {
        results.append(try place(module, at: path, request, in: &transaction.editor))
      }
      return Draft(message: request.message ?? AddRequest.message(for: names))
    }
    if !request.isDryRun { record(result, modules: modules.map(\.module)) }
    let added = AddResult(modules: results, skipped: skipped, commit: result.commit.map { CommitID($0) })
    return AddedModules(added: added, transaction: result, stored: modules.map(\.module))
  }

  /// Removes the files at a place that are not kept. Links, submodules and entries with invalid paths stay.
  private func make(
    _ replacement: Replacement, in transaction: inout Transaction
  ) throws(StoreError) {
    guard let base = transaction.base else { return }
    let filter = try replacement.prefix.map { path throws(StoreError) in try PathFilter(path.description) }
    for file in try files(of: base.id, below: filter) where file.mode == .file || file.mode == .executable {
      guard let path = ModulePath(bytes: file.path), !replacement.kept.contains(path) else { continue }
      _ = try translated { () throws(GitError) in try transaction.editor.remove(path.names) }
    }
  }

  private func place(
    _ module: StoredModule, at path: ModulePath, _ request: AddRequest, in editor: inout TreeEditor
  ) throws(StoreError) -> AddedModule {
    let present = try translated { () throws(GitError) in try editor.entry(at: path.names) }
    if let present, request.keepsPresent {
      guard present.mode == .file else {
        throw .notAModule(path: path.description, kind: EntryKind(present.mode))
      }
      let facts = try facts(ofBlob: present.id)
      guard let digest = facts.digest else { throw .notAModule(path: path.description, kind: .file) }
      return AddedModule(
        path: path, digest: digest, size: facts.size, outcome: .kept, problem: nil)
    }
    // If files are replaced, a directory is replaced too, because its remaining contents are not kept.
    try translated { () throws(GitError) in
      try editor.set(
        path.names, mode: .file, id: module.blob, replacing: request.replacement != nil)
    }
    guard let digest = module.facts.digest else { throw .notAModule(path: path.description, kind: .file) }
    let isUnchanged = present?.id == module.blob && present?.mode == .file
    return AddedModule(
      path: path, digest: digest, size: module.facts.size,
      outcome: present == nil ? .added : isUnchanged ? .unchanged : .updated,
      problem: module.facts.problem)
  }
}

extension AddRequest {
  fileprivate static func message(for names: [String]) -> String {
    names.count == 1 ? "Import \(names[0])" : "Import \(names.count) modules"
  }
}
