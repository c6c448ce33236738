internal import Catalog
internal import FileSystem
internal import Git
public import Identifiers
internal import SystemPackage
public import Wasm

/// A module of the store, or a file beside it, and what it needs and offers.
public struct InspectedModule: Hashable, Sendable {
  /// What the module was asked for by: a MODULE, a `REV:PATH`, or the name of a file.
  public let name: String
  /// The SHA-256 of its bytes.
  public let digest: ModuleDigest
  /// The number of bytes.
  public let size: Int
  /// `core` or `component`, or `unknown`.
  public let kind: EntryKind
  /// What it needs and offers; nil where it is invalid.
  public let description: ModuleDescription?
  /// Why it is invalid; nil where it is valid.
  public let problem: String?
  /// The paths that hold it in the branch's current tree, in order; empty for files.
  public var paths: [ModulePath]
}

extension InspectedModule {
  /// Reads a file or standard input, without a store, and judges it by all features.
  ///
  /// - Throws: `StoreError.source` where it cannot be read or does not begin as a WebAssembly binary, `.foreignFormat`
  ///   where it is known what it is instead. What is invalid further on is no error but the `problem`.
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
        throw .source(path: origin.name, reason: "it is no WebAssembly")
      }
      inspection.update(chunk)
      if count < buffer.count { break }
    }
    let facts = inspection.finish()
    guard let module = InspectedModule(facts, name: name) else {
      throw .source(path: origin.name, reason: "it is no WebAssembly")
    }
    self = module
  }

  /// What is known of bytes that are in no store; nil where they are no module.
  private init?(_ facts: ModuleFacts, name: String) {
    guard let digest = facts.digest, let kind = EntryKind(facts.kind) else { return nil }
    self.init(
      name: name, digest: digest, size: facts.size, kind: kind,
      description: facts.description.flatMap { ModuleDescription(encoded: $0) }, problem: facts.problem,
      paths: [])
  }
}

extension StoreSession {
  /// Finds a module by MODULE or `REV:PATH`, and tells what it needs and offers.
  ///
  /// - Throws: what `module(_:)` throws.
  public func inspect(_ reference: String) throws(StoreError) -> InspectedModule {
    try inspect(try module(reference), as: reference)
  }

  /// Tells what the module at a path of a commit needs and offers.
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

  /// The paths at which the branch's current tree holds a blob as a module, in order.
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
