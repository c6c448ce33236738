/// What is known of one blob: facts of its bytes, which never change.
public struct BlobFacts: Hashable, Sendable {
  /// What a blob's bytes are.
  public enum Kind: Int, Hashable, Sendable {
    /// Anything that does not begin as a WebAssembly binary.
    case other = 0
    case core = 1
    case component = 2
  }

  /// The 20 bytes of the blob's id.
  public let blob: [UInt8]
  /// The 32 bytes of the SHA-256; nil where the blob is no module.
  public let digest: [UInt8]?
  /// The number of bytes.
  public let size: Int
  /// What the bytes are.
  public let kind: Kind
  /// Why the module is invalid; nil where it is valid, or no module.
  public let problem: String?

  /// Makes facts from their parts.
  public init(blob: [UInt8], digest: [UInt8]?, size: Int, kind: Kind, problem: String?) {
    self.blob = blob
    self.digest = digest
    self.size = size
    self.kind = kind
    self.problem = problem
  }
}

extension ModuleCatalog {
  /// The facts of a blob; nil where they are not known yet.
  public func facts(ofBlob blob: [UInt8]) throws(CatalogError) -> BlobFacts? {
    try database.first(
      "SELECT digest, size, kind, problem FROM module WHERE blob = ?1", [.bytes(blob)]
    ) { row in
      BlobFacts(
        blob: blob, digest: row.isNull(0) ? nil : row.bytes(0), size: row.integer(1),
        kind: BlobFacts.Kind(rawValue: row.integer(2)) ?? .other, problem: row.text(3))
    }
  }

  /// The facts of the blobs whose SHA-256 lies in `first...last`, at most `limit`.
  ///
  /// One digest belongs to one blob, but for a collision of SHA-1 that git refuses.
  public func facts(
    ofDigests first: [UInt8], through last: [UInt8], limit: Int = .max
  ) throws(CatalogError) -> [BlobFacts] {
    var found: [BlobFacts] = []
    try database.run(
      "SELECT blob, digest, size, kind, problem FROM module WHERE digest BETWEEN ?1 AND ?2 LIMIT ?3",
      [.bytes(first), .bytes(last), .integer(limit)]
    ) { row in
      found.append(
        BlobFacts(
          blob: row.bytes(0), digest: row.bytes(1), size: row.integer(2),
          kind: BlobFacts.Kind(rawValue: row.integer(3)) ?? .other, problem: row.text(4)))
    }
    return found
  }

  /// The blobs that stand in the recorded history as files and whose facts are not known yet.
  public func unreadBlobs() throws(CatalogError) -> [[UInt8]] {
    var blobs: [[UInt8]] = []
    try database.run("SELECT blob FROM unread") { blobs.append($0.bytes(0)) }
    return blobs
  }

  /// Keeps facts; those that are known already stay.
  public func record(_ facts: BlobFacts) throws(CatalogError) {
    try database.run(
      "INSERT OR IGNORE INTO module (blob, digest, size, kind, problem) VALUES (?1, ?2, ?3, ?4, ?5)",
      [
        .bytes(facts.blob), .optional(facts.digest), .integer(facts.size), .integer(facts.kind.rawValue),
        facts.problem.map { .text($0) } ?? .null,
      ])
    try database.run("DELETE FROM unread WHERE blob = ?1", [.bytes(facts.blob)])
  }
}
