public import Identifiers
public import SQLite

/// The state of a raw copy's file when its bytes were last checked.
public struct RawCopy: Hashable, Sendable {
  /// The file's inode.
  public let inode: Int64
  /// Its size in bytes.
  public let size: Int64
  /// The time of the last change of its bytes, in nanoseconds since 1970.
  public let modified: Int64

  /// Creates a state from its parts.
  public init(inode: Int64, size: Int64, modified: Int64) {
    self.inode = inode
    self.size = size
    self.modified = modified
  }
}

extension ModuleCatalog {
  /// The state in which the raw copy of a module was last checked; nil if it was never checked.
  public func rawCopy(ofDigest digest: ModuleDigest) throws(DatabaseError) -> RawCopy? {
    try database.first(
      "SELECT inode, size, modified FROM raw_copy WHERE digest = ?1", [.name(digest)]
    ) { row in
      RawCopy(
        inode: Int64(row.integer(0)), size: Int64(row.integer(1)), modified: Int64(row.integer(2)))
    }
  }

  /// Stores the state in which the raw copy of a module was checked.
  public func record(_ copy: RawCopy, ofDigest digest: ModuleDigest) throws(DatabaseError) {
    try transaction { () throws(DatabaseError) in
      try database.run(
        "INSERT OR REPLACE INTO raw_copy (digest, inode, size, modified) VALUES (?1, ?2, ?3, ?4)",
        [.name(digest), .integer(copy.inode), .integer(copy.size), .integer(copy.modified)])
    }
  }
}
