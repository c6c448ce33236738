public import Identifiers
public import SQLite

/// The facts about the bytes of a file, usually a module. They depend only on the bytes and never change.
public struct ModuleFacts: Hashable, Sendable {
  /// The kind of a file.
  public enum Kind: Int, Hashable, Sendable {
    /// Bytes that do not begin as a WebAssembly binary.
    case other = 0
    case core = 1
    case component = 2
    /// Bytes that begin as a WebAssembly binary, but have another version or are truncated in the version.
    case unknown = 3
  }

  /// The SHA-256 of the bytes; nil if they are not a module.
  public let digest: ModuleDigest?
  /// The number of bytes.
  public let size: Int
  /// The kind of the bytes.
  public let kind: Kind
  /// Why the module is invalid; nil if it is valid or not a module.
  public let problem: String?
  /// The description of a valid module, as `Wasm` encodes it; nil if it was not requested.
  public var description: [UInt8]?

  /// Creates facts from their parts.
  public init(
    digest: ModuleDigest?, size: Int, kind: Kind, problem: String?, description: [UInt8]? = nil
  ) {
    self.digest = digest
    self.size = size
    self.kind = kind
    self.problem = problem
    self.description = description
  }
}

/// A blob of the store with the facts about its bytes.
public struct StoredModule: Hashable, Sendable {
  /// The blob.
  public let blob: ObjectID
  /// The facts about its bytes.
  public let facts: ModuleFacts

  /// Joins a blob and its facts.
  public init(blob: ObjectID, facts: ModuleFacts) {
    self.blob = blob
    self.facts = facts
  }
}

/// The part of the facts that is read.
public enum FactsDetail: Sendable {
  /// Everything except the description, which may be thousands of times larger than the rest.
  case summary
  /// Everything, including the description.
  case description

  fileprivate var columns: String {
    switch self {
    case .summary: "blob, digest, size, kind, problem"
    case .description: "blob, digest, size, kind, problem, description"
    }
  }

  func module(in row: Statement) throws(DatabaseError) -> StoredModule {
    StoredModule(blob: try row.objectID(0), facts: try facts(in: row))
  }

  fileprivate func facts(in row: Statement) throws(DatabaseError) -> ModuleFacts {
    ModuleFacts(
      digest: try row.optionalDigest(1), size: row.integer(2),
      kind: ModuleFacts.Kind(rawValue: row.integer(3)) ?? .other, problem: row.text(4),
      description: self == .summary || row.isNull(5) ? nil : row.bytes(5))
  }
}

extension ModuleCatalog {
  /// The facts about a blob; nil if they are not known yet.
  public func facts(
    ofBlob blob: ObjectID, _ detail: FactsDetail = .summary
  ) throws(DatabaseError) -> ModuleFacts? {
    try database.first(
      "SELECT \(detail.columns) FROM module WHERE blob = ?1", [.name(blob)], row: detail.facts)
  }

  /// Passes the known facts about many blobs, in any order.
  ///
  /// All are read in one transaction, because a separate transaction costs as much as a look-up. If most of the
  /// catalog is requested, it is read sequentially, and facts about other blobs are passed too.
  public func forEachFacts(
    ofBlobs blobs: @autoclosure () -> [ObjectID], count: Int, _ detail: FactsDetail,
    _ body: (StoredModule) -> Void
  ) throws(DatabaseError) {
    try database.readTransaction { () throws(DatabaseError) in
      let rows = try database.first("SELECT max(rowid) FROM module") { $0.integer(0) } ?? 0
      if count > rows / 4 {
        try database.run("SELECT \(detail.columns) FROM module") { (row) throws(DatabaseError) in
          body(try detail.module(in: row))
        }
        return
      }
      let lookUp = try database.prepared("SELECT \(detail.columns) FROM module WHERE blob = ?1")
      for blob in blobs() {
        if let module = try database.first(lookUp, [.name(blob)], row: detail.module) { body(module) }
      }
    }
  }

  /// The blobs whose SHA-256 begins with a prefix, at most `limit`.
  ///
  /// A digest belongs to one blob, except after a collision of SHA-1, which git refuses.
  public func modules(
    withDigests prefix: HexadecimalPrefix, limit: Int = .max
  ) throws(DatabaseError) -> [StoredModule] {
    guard let bounds = prefix.bounds(byteCount: ModuleDigest.byteCount) else { return [] }
    let detail = FactsDetail.summary
    var found: [StoredModule] = []
    try database.run(
      "SELECT \(detail.columns) FROM module WHERE digest BETWEEN ?1 AND ?2 LIMIT ?3",
      [.bytes(bounds.first), .bytes(bounds.last), .integer(limit)]
    ) { (row) throws(DatabaseError) in found.append(try detail.module(in: row)) }
    return found
  }

  /// The blob that has this SHA-256; nil if no such blob is known.
  public func module(withDigest digest: ModuleDigest) throws(DatabaseError) -> StoredModule? {
    let detail = FactsDetail.summary
    return try database.first(
      "SELECT \(detail.columns) FROM module WHERE digest = ?1", [.name(digest)], row: detail.module)
  }

  /// The blobs that are files in the recorded history and whose facts are not known yet.
  public func unreadBlobs() throws(DatabaseError) -> [ObjectID] {
    var blobs: [ObjectID] = []
    try database.run("SELECT blob FROM unread") { (row) throws(DatabaseError) in
      blobs.append(try row.objectID(0))
    }
    return blobs
  }

  /// Stores facts. For known blobs only the description is replaced, if it is different.
  ///
  /// Call it in a transaction.
  public func record(_ module: StoredModule) throws(DatabaseError) {
    let facts = module.facts
    try database.run(
      """
      INSERT INTO module (blob, digest, size, kind, problem, description) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
      ON CONFLICT (blob) DO UPDATE SET description = excluded.description
      WHERE excluded.description IS NOT NULL AND description IS NOT excluded.description
      """,
      [
        .name(module.blob), .optional(facts.digest), .integer(facts.size), .integer(facts.kind.rawValue),
        facts.problem.map { .text($0) } ?? .null, .optional(facts.description),
      ])
    try database.run("DELETE FROM unread WHERE blob = ?1", [.name(module.blob)])
  }
}
