/// Why bytes are no manifest, or files make none.
public enum ManifestError: Error, Hashable, Sendable {
  /// The bytes break a rule of the format.
  case malformed(String)
  /// There are more files than a manifest has room for.
  case tooManyFiles(Int)
  /// A shard would be larger than a value may be that is read often.
  case tooLarge(shard: Int)
  /// A file has a path or a type that no row can have.
  case unusable(path: [UInt8], reason: String)
  /// Two paths have the same key.
  case collision([UInt8], [UInt8])
}
