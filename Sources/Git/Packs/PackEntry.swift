internal import FileSystem
internal import SystemPackage

/// The place of an object's deflated bytes in a pack, according to the entry's own header.
struct PackEntry {
  /// The form in which an entry stores its object.
  enum Form: Hashable {
    case whole(ObjectKind)
    /// As a delta to another object.
    case delta
  }

  let form: Form
  /// The length of the inflated bytes.
  let size: Int
  /// The offset of the deflated bytes in the pack.
  let start: Int
  /// The latest possible end of the deflated bytes: the pack's checksum.
  let end: Int

  /// Reads the header of the entry at `offset`.
  ///
  /// - Throws: `damaged` if there is none.
  init(in pack: borrowing OpenFile, at offset: Int, end: Int) throws(GitError) {
    guard offset >= PackEntry.packHeaderSize, offset < end else {
      throw GitError(.damaged, "\(pack.path): an offset is outside the file")
    }
    let bytes = try pack.bytes(at: offset, count: min(PackEntry.headerLimit, end - offset))
    guard let header = PackEntry.decode(bytes) else {
      throw GitError(.damaged, "\(pack.path): the entry at \(offset) is not valid")
    }
    self.form = header.form
    self.size = header.size
    self.start = offset + header.length
    self.end = end
  }

  static let packHeaderSize = 12
  /// Ten bytes are enough for any size of 63 bits.
  private static let headerLimit = 10

  /// Decodes three bits of kind, then the size in groups of four and seven bits, least significant first.
  static func decode(_ bytes: [UInt8]) -> (form: Form, size: Int, length: Int)? {
    guard let first = bytes.first else { return nil }
    var size = UInt64(first & 0xf)
    var length = 1
    var shift: UInt64 = 4
    while bytes[length - 1] & 0x80 != 0 {
      guard length < bytes.count, shift < 60 else { return nil }
      size |= UInt64(bytes[length] & 0x7f) << shift
      shift += 7
      length += 1
    }
    guard let size = Int(exactly: size) else { return nil }
    let number = first >> 4 & 7
    if number == 6 || number == 7 { return (.delta, size, length) }
    return ObjectKind(rawValue: Int32(number)).map { (.whole($0), size, length) }
  }
}
