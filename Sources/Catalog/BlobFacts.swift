public import Identifiers
public import SQLite

/// What is known of one blob: facts of its bytes, which never change.
public struct BlobFacts: Hashable, Sendable {
  /// What a blob's bytes are.
  public enum Kind: Int, Hashable, Sendable {
    /// Anything that does not begin as a WebAssembly binary.
    case other = 0
    case core = 1
    case component = 2
    /// What begins as a WebAssembly binary, of a version that is neither of the two, or cut off in it.
    case unknown = 3
  }

  /// The blob.
  public let blob: ObjectID
  /// The SHA-256 of the bytes; nil where the blob is no module.
  public let digest: ModuleDigest?
  /// The number of bytes.
  public let size: Int
  /// What the bytes are.
  public let kind: Kind
  /// Why the module is invalid; nil where it is valid, or no module.
  public let problem: String?
  /// What a valid module needs and offers, as the validator's module encodes it; nil where it was not asked for.
  public let description: [UInt8]?

  /// Makes facts from their parts.
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

/// How much of a blob's facts is read.
public enum FactsDetail: Sendable {
  /// All but the description, which may be thousands of times larger than the rest.
  case summary
  /// The description too.
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
  /// The facts of a blob; nil where they are not known yet.
  public func facts(
    ofBlob blob: ObjectID, _ detail: FactsDetail = .summary
  ) throws(DatabaseError) -> BlobFacts? {
    try database.first(
      "SELECT \(detail.columns) FROM module WHERE blob = ?1", [.name(blob)], row: detail.facts)
  }

  /// Passes the facts of many blobs, those that are known, in any order.
  ///
  /// All are read in one transaction: a transaction of its own costs as much as a look-up. Where most of the catalog
  /// is asked for, it is read from one end to the other, and facts of other blobs are passed too.
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

  /// The facts of the blobs whose SHA-256 begins with a prefix, at most `limit`.
  ///
  /// One digest belongs to one blob, but for a collision of SHA-1 that git refuses.
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

  /// The facts of the blob that has this SHA-256; nil where they are not known.
  public func facts(ofDigest digest: ModuleDigest) throws(DatabaseError) -> BlobFacts? {
    let detail = FactsDetail.summary
    return try database.first(
      "SELECT \(detail.columns) FROM module WHERE digest = ?1", [.name(digest)], row: detail.facts)
  }

  /// The blobs that stand in the recorded history as files and whose facts are not known yet.
  public func unreadBlobs() throws(DatabaseError) -> [ObjectID] {
    var blobs: [ObjectID] = []
    try database.run("SELECT blob FROM unread") { (row) throws(DatabaseError) in
      blobs.append(try row.objectID(0))
    }
    return blobs
  }

  /// Keeps facts. Of those that are known already only the description is replaced, where it is another one.
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
