internal import Identifiers

/// The header of an entry of a pack.
struct PackEntryHeader {
  enum Form {
    case whole(ObjectKind)
    case delta(Base)
  }

  /// The base of a delta.
  enum Base {
    /// The entry at this distance before the delta.
    case offset(Int)
    case object(ObjectID)
  }

  let form: Form
  /// The length of the inflated bytes.
  let size: Int
  /// The header's own length.
  let length: Int

  /// Reads a header; nil if there is none.
  init?(_ bytes: UnsafeRawBufferPointer) {
    let start = Array(bytes.prefix(32))
    guard let header = PackEntry.decode(start), header.length < start.count else { return nil }
    size = header.size
    var offset = header.length
    switch (header.form, start[0] >> 4 & 7) {
    case (.whole(let kind), _): form = .whole(kind)
    case (.delta, 6):
      // Each further byte begins at the first value that fewer bytes cannot encode (gitformat-pack, "OFS_DELTA").
      var distance = Int(start[offset] & 0x7f)
      while start[offset] & 0x80 != 0 {
        offset += 1
        guard offset < start.count, distance < 1 << 48 else { return nil }
        distance = (distance + 1) << 7 | Int(start[offset] & 0x7f)
      }
      offset += 1
      guard distance > 0 else { return nil }
      form = .delta(.offset(distance))
    case (.delta, _):
      guard let id = ObjectID(in: start, at: offset) else { return nil }
      offset += ObjectID.byteCount
      form = .delta(.object(id))
    }
    length = offset
  }
}
