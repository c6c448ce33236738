/// The reason why bytes are not a manifest, or files cannot be put in one.
public enum ManifestError: Error, Hashable, Sendable {
  /// The bytes break a rule of the format.
  case malformed(String)
  /// There are more files than a manifest can contain.
  case tooManyFiles(Int)
  /// A shard would be larger than its limit, which is low because shards are read often.
  case tooLarge(shard: Int)
  /// A file has a path or a type that a row cannot contain.
  case unusable(path: [UInt8], reason: String)
  /// Two paths have the same key.
  case collision([UInt8], [UInt8])
}
