/// The delta with which a pack stores an object that is similar to another one (gitformat-pack, "Deltified
/// representation").
struct PackDelta {
  private let bytes: [UInt8]
  private let start: Int
  /// The length of the base object.
  let baseSize: Int
  /// The length of the resulting object.
  let size: Int

  /// Reads the two lengths at the beginning of the inflated entry.
  ///
  /// - Throws: `damaged` if they are missing.
  init(_ bytes: [UInt8]) throws(GitError) {
    var offset = 0
    baseSize = try PackDelta.length(in: bytes, at: &offset)
    size = try PackDelta.length(in: bytes, at: &offset)
    start = offset
    self.bytes = bytes
  }

  /// The object that results from applying the delta to a base.
  ///
  /// - Throws: `damaged` if the delta does not fit the base.
  func applied(to base: [UInt8]) throws(GitError) -> [UInt8] {
    guard base.count == baseSize else { throw PackDelta.damaged }
    var output: [UInt8] = []
    // Memory is reserved only for bytes that exist: a damaged length could have any value.
    output.reserveCapacity(min(size, base.count + bytes.count + (1 << 20)))
    var offset = start
    while offset < bytes.count {
      let instruction = bytes[offset]
      offset += 1
      if instruction & 0x80 != 0 {
        let range = try copiedRange(instruction, at: &offset)
        guard range.upperBound <= base.count, output.count + range.count <= size else {
          throw PackDelta.damaged
        }
        output += base[range]
      } else {
        let end = offset + Int(instruction)
        guard instruction != 0, end <= bytes.count, output.count + Int(instruction) <= size else {
          throw PackDelta.damaged
        }
        output += bytes[offset..<end]
        offset = end
      }
    }
    guard output.count == size else { throw PackDelta.damaged }
    return output
  }

  /// Reads which bytes of the base come next: those of the offset's four bytes and the length's three bytes whose
  /// bits are set.
  private func copiedRange(_ instruction: UInt8, at offset: inout Int) throws(GitError) -> Range<Int> {
    var values = (start: 0, count: 0)
    for bit in 0..<7 where instruction & 1 << bit != 0 {
      guard offset < bytes.count else { throw PackDelta.damaged }
      let byte = Int(bytes[offset])
      if bit < 4 { values.start |= byte << (8 * bit) } else { values.count |= byte << (8 * (bit - 4)) }
      offset += 1
    }
    let count = values.count == 0 ? 0x10000 : values.count
    return values.start..<values.start + count
  }

  private static func length(in bytes: [UInt8], at offset: inout Int) throws(GitError) -> Int {
    var value: UInt64 = 0
    var shift: UInt64 = 0
    while offset < bytes.count, shift < 60 {
      let byte = bytes[offset]
      offset += 1
      value |= UInt64(byte & 0x7f) << shift
      shift += 7
      if byte & 0x80 == 0, let length = Int(exactly: value) { return length }
    }
    throw damaged
  }

  private static var damaged: GitError { GitError(.damaged, "a delta is malformed") }
}
