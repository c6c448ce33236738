public import Identifiers
public import SQLite

/// The facts about one blob. They depend only on its bytes and never change.
public struct BlobFacts: Hashable, Sendable {
  /// The kind of a blob.
  public enum Kind: Int, Hashable, Sendable {
    /// Bytes that do not begin as a WebAssembly binary.
    case other = 0
    case core = 1
    case component = 2
    /// Bytes that begin as a WebAssembly binary, but have another version or are truncated in the version.
    case unknown = 3
  }

  /// The blob.
  public let blob: ObjectID
  /// The SHA-256 of the bytes; nil if the blob is not a module.
  public let digest: ModuleDigest?
  /// The number of bytes.
  public let size: Int
  /// The kind of the bytes.
  public let kind: Kind
  /// Why the module is invalid; nil if it is valid or not a module.
  public let problem: String?
  /// The description of a valid module, as `Wasm` encodes it; nil if it was not requested.
  public let description: [UInt8]?

  /// Creates facts from their parts.
  public init(
    blob: ObjectID, digest: ModuleDigest?, size: Int, kind: Kind, problem: String?,
    description: [UInt8]? = nil
  ) {
    self.blob = blob
    self.digest = digest
    self.size = size
    self.kind = kind
    self.problem = problem
    self.description = description
  }
}

/// The part of a blob's facts that is read.
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

  func facts(in row: Statement) throws(DatabaseError) -> BlobFacts {
    BlobFacts(
      blob: try row.objectID(0), digest: try row.optionalDigest(1), size: row.integer(2),
      kind: BlobFacts.Kind(rawValue: row.integer(3)) ?? .other, problem: row.text(4),
      description: self == .summary || row.isNull(5) ? nil : row.bytes(5))
  }
}

extension ModuleCatalog {
  /// The facts about a blob; nil if they are not known yet.
  public func facts(
    ofBlob blob: ObjectID, _ detail: FactsDetail = .summary
  ) throws(DatabaseError) -> BlobFacts? {
    try database.first(
      "SELECT \(detail.columns) FROM module WHERE blob = ?1", [.name(blob)], row: detail.facts)
  }

  /// Passes the known facts about many blobs, in any order.
  ///
  /// All are read in one transaction, because a separate transaction costs as much as a look-up. If most of the
  /// catalog is requested, it is read sequentially, and facts about other blobs are passed too.
  public func forEachFacts(
    ofBlobs blobs: @autoclosure () -> some Sequence<ObjectID>, count: Int, _ detail: FactsDetail,
    _ body: (BlobFacts) -> Void
  ) throws(DatabaseError) {
    try database.readTransaction { () throws(DatabaseError) in
      let rows = try database.first("SELECT max(rowid) FROM module") { $0.integer(0) } ?? 0
      if count > rows / 4 {
        try database.run("SELECT \(detail.columns) FROM module") { (row) throws(DatabaseError) in
          body(try detail.facts(in: row))
        }
        return
      }
      let lookUp = try database.prepared("SELECT \(detail.columns) FROM module WHERE blob = ?1")
      for blob in blobs() {
        if let facts = try database.first(lookUp, [.name(blob)], row: detail.facts) { body(facts) }
      }
    }
  }

  /// The facts about the blobs whose SHA-256 begins with a prefix, at most `limit`.
  ///
  /// A digest belongs to one blob, except after a collision of SHA-1, which git refuses.
  public func facts(
    ofDigests prefix: HexadecimalPrefix, limit: Int = .max
  ) throws(DatabaseError) -> [BlobFacts] {
    guard let bounds = prefix.bounds(byteCount: ModuleDigest.byteCount) else { return [] }
    let detail = FactsDetail.summary
    var found: [BlobFacts] = []
    try database.run(
      "SELECT \(detail.columns) FROM module WHERE digest BETWEEN ?1 AND ?2 LIMIT ?3",
      [.bytes(bounds.first), .bytes(bounds.last), .integer(limit)]
    ) { (row) throws(DatabaseError) in found.append(try detail.facts(in: row)) }
    return found
  }

  /// The facts about the blob that has this SHA-256; nil if they are not known.
  public func facts(ofDigest digest: ModuleDigest) throws(DatabaseError) -> BlobFacts? {
    let detail = FactsDetail.summary
    return try database.first(
      "SELECT \(detail.columns) FROM module WHERE digest = ?1", [.name(digest)], row: detail.facts)
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
  public func record(_ facts: BlobFacts) throws(DatabaseError) {
    try database.run(
      """
      INSERT INTO module (blob, digest, size, kind, problem, description) VALUES (?1, ?2, ?3, ?4, ?5, ?6)
      ON CONFLICT (blob) DO UPDATE SET description = excluded.description
      WHERE excluded.description IS NOT NULL AND description IS NOT excluded.description
      """,
      [
        .name(facts.blob), .optional(facts.digest), .integer(facts.size), .integer(facts.kind.rawValue),
        facts.problem.map { .text($0) } ?? .null, .optional(facts.description),
      ])
    try database.run("DELETE FROM unread WHERE blob = ?1", [.name(facts.blob)])
  }
}
