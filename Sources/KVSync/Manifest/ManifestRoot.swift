internal import Crypto
public import Identifiers

/// The root of a manifest: the digests of its shards.
public struct ManifestRoot: Hashable, Sendable {
  /// The power of shards: the number of shards is 2 to this power.
  public let bits: Int
  /// The number of rows of all shards.
  public let count: Int
  /// The digest of each shard; nil for one without rows.
  public let shards: [ModuleDigest?]

  /// The maximum number of files in a manifest.
  public static let countLimit = 1_000_000
  /// The size of a chunk of a large content, in bytes.
  public static let chunkLength = 16 << 20
  /// The maximum power of shards.
  static let bitLimit = 8

  private static let magic = Array("WSMR".utf8)
  private static let headLength = 32

  init(bits: Int, count: Int, shards: [ModuleDigest?]) {
    self.bits = bits
    self.count = count
    self.shards = shards
  }

  /// Reads the bytes of a root.
  ///
  /// - Throws: `ManifestError.malformed`.
  public init(_ bytes: [UInt8]) throws(ManifestError) {
    var reader = FieldReader(bytes)
    try reader.expect(ManifestRoot.magic, "it is not the root of a manifest")
    try reader.expectVersion()
    bits = Int(try reader.integer(UInt8.self))
    guard bits <= ManifestRoot.bitLimit else { throw .malformed("it has too many shards") }
    try reader.expectZeros(1)
    count = Int(try reader.integer(UInt32.self))
    guard count <= ManifestRoot.countLimit else { throw .malformed("it has too many rows") }
    guard try reader.integer(UInt32.self) == UInt32(ManifestRoot.chunkLength) else {
      throw .malformed("its chunk size is not supported")
    }
    try reader.expectZeros(16)
    var shards: [ModuleDigest?] = []
    for _ in 0..<1 << bits { shards.append(try reader.digest()) }
    try reader.expectEnd()
    self.shards = shards
  }

  /// The bytes of the root.
  public var bytes: [UInt8] {
    var writer = FieldWriter()
    writer.append(ManifestRoot.magic)
    writer.append(FieldReader.version)
    writer.append(UInt8(bits))
    writer.appendZeros(1)
    writer.append(UInt32(count))
    writer.append(UInt32(ManifestRoot.chunkLength))
    writer.appendZeros(16)
    for shard in shards {
      writer.append(shard?.bytes ?? [UInt8](repeating: 0, count: ModuleDigest.byteCount))
    }
    return writer.bytes
  }

  /// The power of shards for a number of files without a manifest before: the smallest with at most 256 files in a
  /// shard.
  static func bits(for count: Int) -> Int {
    (0...bitLimit).first { count <= 256 << $0 } ?? bitLimit
  }

  /// The power of shards for a number of files after a manifest: the same as before, so that its shards stay, unless
  /// they would be too full or too empty.
  func nextBits(for count: Int) -> Int {
    count > 512 << bits || count < 64 << bits ? ManifestRoot.bits(for: count) : bits
  }
}
