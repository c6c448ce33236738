/// The changes by which a pack keeps an object that resembles another one (gitformat-pack, "Deltified representation").
struct PackDelta {
  private let bytes: [UInt8]
  private let start: Int
  /// The length of the object that the changes apply to.
  let baseSize: Int
  /// The length of the object that comes out.
  let size: Int

  /// Reads the two lengths that the inflated entry begins with.
  ///
  /// - Throws: `damaged` where there are none.
  init(_ bytes: [UInt8]) throws(GitError) {
    var offset = 0
    baseSize = try PackDelta.length(in: bytes, at: &offset)
    size = try PackDelta.length(in: bytes, at: &offset)
    start = offset
    self.bytes = bytes
  }

  /// The object that the changes make of another one.
  ///
  /// - Throws: `damaged` where they do not fit it.
  func applied(to base: [UInt8]) throws(GitError) -> [UInt8] {
    guard base.count == baseSize else { throw PackDelta.damaged }
    var output: [UInt8] = []
    // What is really there bounds the memory: a damaged length could be anything.
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

  /// Reads which bytes of the other object come next: of the offset's four bytes and the length's three, those whose
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
