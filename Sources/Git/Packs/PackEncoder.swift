internal import Compression
public import Identifiers

/// One encoded object in an encoder's buffer.
struct EncodedEntry {
  /// The object's position in the pack's records.
  let record: Int
  /// The offset of the entry in the buffer.
  let start: Int
  /// The CRC-32 of the entry.
  let checksum: UInt32
}

/// Hashes and deflates objects for a pack, on one thread.
///
/// Collects entries in its own buffer and passes them to the pack in blocks, so that threads rarely wait for each
/// other.
public struct PackEncoder: ~Copyable {
  private let writer: PackWriter
  private let deflater: Deflater
  private var output = ByteBuffer(count: PackEncoder.capacity)
  private var count = 0
  private var entries: [EncodedEntry] = []

  private static let capacity = 4 << 20

  init(writer: PackWriter, deflater: consuming Deflater) {
    self.writer = writer
    self.deflater = deflater
  }

  /// Adds one object and returns its id.
  ///
  /// Needs memory for the object's deflated form: use a `LooseObjectStream` for larger modules.
  ///
  /// - Throws: `system` if the pack cannot be written, `failed` if the bytes contain an attack on SHA-1. After an
  ///   error the pack cannot be completed.
  public mutating func append(_ bytes: RawSpan, kind: ObjectKind) throws(GitError) -> ObjectID {
    let id = try ObjectID(of: bytes, kind: kind)
    guard let record = try writer.claim(id) else { return id }
    let header = packEntryHeader(kind: kind, size: bytes.byteCount)
    let bound = header.count + deflater.bound(bytes.byteCount)
    if count + bound > output.bytes.count { try flush() }
    if bound > output.bytes.count { output = ByteBuffer(count: bound) }
    let entry = UnsafeMutableRawBufferPointer(rebasing: output.bytes[count...])
    entry.copyBytes(from: header)
    let body = UnsafeMutableRawBufferPointer(rebasing: entry[header.count...])
    let length = try bytes.withUnsafeBytes { (buffer) throws(GitError) in
      header.count
        + (try translated { () throws(CompressionError) in try deflater.deflate(buffer, into: body) })
    }
    let checksum = crc32(0, UnsafeRawBufferPointer(rebasing: entry[..<length]))
    entries.append(EncodedEntry(record: record, start: count, checksum: checksum))
    count += length
    if 2 * count > PackEncoder.capacity { try flush() }
    return id
  }

  /// Passes the remaining entries to the pack. If an encoder is dropped without this call, its pack cannot be
  /// completed.
  public consuming func finish() throws(GitError) {
    try flush()
  }

  private mutating func flush() throws(GitError) {
    guard count > 0 else { return }
    try writer.append(
      RawSpan(_unsafeBytes: UnsafeRawBufferPointer(rebasing: output.bytes[..<count])), entries: entries)
    entries.removeAll(keepingCapacity: true)
    count = 0
    if output.bytes.count > PackEncoder.capacity { output = ByteBuffer(count: PackEncoder.capacity) }
  }
}

/// Encodes the header of an entry: three bits of kind, then the size in groups of four and seven bits, least
/// significant first.
func packEntryHeader(kind: ObjectKind, size: Int) -> [UInt8] {
  var rest = size >> 4
  var bytes = [UInt8(kind.rawValue) << 4 | UInt8(size & 0xf)]
  while rest > 0 {
    bytes[bytes.count - 1] |= 0x80
    bytes.append(UInt8(rest & 0x7f))
    rest >>= 7
  }
  return bytes
}
