internal import Catalog
internal import FileSystem
internal import Git
public import Identifiers
internal import SystemPackage
public import Wasm

/// A module of the store or of a file, with its interface.
public struct InspectedModule: Hashable, Sendable {
  /// The word that named the module: a MODULE, a `REV:PATH`, or the name of a file.
  public let name: String
  /// The SHA-256 of its bytes.
  public let digest: ModuleDigest
  /// The number of bytes.
  public let size: Int
  /// `core` or `component`, or `unknown`.
  public let kind: EntryKind
  /// The interface; nil if the module is invalid.
  public let description: ModuleDescription?
  /// The reason why it is invalid; nil if it is valid.
  public let problem: String?
  /// The paths that contain it in the branch's current tree, in order; empty for files.
  public var paths: [ModulePath]
}

extension InspectedModule {
  /// Reads a file or standard input, without a store, and validates it with all features.
  ///
  /// - Throws: `StoreError.source` if it cannot be read or does not begin as a WebAssembly binary, `.foreignFormat` if
  ///   its format is known. A module that is invalid later is not an error; it has a `problem`.
  public init(reading origin: ModuleSource.Origin, name: String) throws(StoreError) {
    let file = try origin.open()
    defer { try? file.close() }
    var buffer = [UInt8](repeating: 0, count: readLength)
    var inspection = Inspection()
    while true {
      let count: Int
      do { count = try fill(&buffer, from: file) } catch {
        throw .source(path: origin.name, reason: "\(error)")
      }
      let chunk = buffer.span.bytes.extracting(first: count)
      guard inspection.size > 0 || ModuleMagic.begins(chunk) else {
        if let format = ForeignFormat(of: buffer.prefix(count)) {
          throw .foreignFormat(path: origin.name, format: format)
        }
        throw .source(path: origin.name, reason: "it is not a WebAssembly binary")
      }
      inspection.update(chunk)
      if count < buffer.count { break }
    }
    let facts = inspection.finish()
    guard let module = InspectedModule(facts, name: name) else {
      throw .source(path: origin.name, reason: "it is not a WebAssembly binary")
    }
    self = module
  }

  /// Describes bytes that are in no store; nil if they are not a module.
  private init?(_ facts: ModuleFacts, name: String) {
    guard let digest = facts.digest, let kind = EntryKind(facts.kind) else { return nil }
    self.init(
      name: name, digest: digest, size: facts.size, kind: kind,
      description: facts.description.flatMap { ModuleDescription(encoded: $0) }, problem: facts.problem,
      paths: [])
  }
}

extension StoreSession {
  /// Finds a module by MODULE or `REV:PATH`, and describes its interface.
  ///
  /// - Throws: The errors of `module(_:)`.
  public func inspect(_ reference: String) throws(StoreError) -> InspectedModule {
    try inspect(try module(reference), as: reference)
  }

  /// Describes the interface of the module at a path of a commit.
  ///
  /// - Throws: `StoreError.moduleNotFound`, `.notAModule`.
  public func inspect(at path: ModulePath, in commit: CommitID) throws(StoreError) -> InspectedModule {
    guard let module = try module(at: path, in: commit) else {
      throw .moduleNotFound(reference: path.description, branch: branch, lastAt: nil)
    }
    return try inspect(module, as: path.description)
  }

  private func inspect(_ module: Module, as name: String) throws(StoreError) -> InspectedModule {
    InspectedModule(
      name: name, digest: module.digest, size: module.size, kind: module.kind,
      description: try description(of: module), problem: module.problem,
      paths: try currentPaths(of: module.blob))
  }

  /// The paths at which the branch's current tree contains a blob as a module, in order.
  private func currentPaths(of blob: ObjectID) throws(StoreError) -> [ModulePath] {
    guard let head = try head() else { return [] }
    if try historyPlace(of: head.object, limit: StoreSession.catchUpLimit) != nil {
      return try paths(of: blob, in: head)
    }
    return try files(of: head, below: nil).compactMap { file in
      file.id == blob && file.mode == .file ? ModulePath(bytes: file.path) : nil
    }
  }
}
