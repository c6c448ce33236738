/// LEB128 integers with the exact rules of the specification (5.2.2): at most ceil(bits/7) bytes, and the unused
/// bits of the last byte are zero, or equal to the sign bit.
extension ByteReader {
  /// The maximum length of an integer, in bytes.
  static let longestInteger = 10
  /// The maximum length of a 32-bit integer, in bytes.
  private static let longestInteger32 = 5

  /// Returns whether the byte before an offset has the continuation bit.
  func isContinued(before place: Int) -> Bool {
    guard place > offset, place <= endOffset else { return false }
    return position[place - offset - 1] >= 0x80
  }

  @inline(__always)
  mutating func u32() throws(ValidationError) -> UInt32 {
    let first = try byte()
    if first < 0x80 { return UInt32(first) }
    return UInt32(truncatingIfNeeded: try unsignedTail(first, bits: 32))
  }

  @inline(__always)
  mutating func u64() throws(ValidationError) -> UInt64 {
    let first = try byte()
    if first < 0x80 { return UInt64(first) }
    return try unsignedTail(first, bits: 64)
  }

  /// Reads a size or offset: 32 bits, or 64 bits if `memory64` is accepted. An encoding that is only valid for 64 bits
  /// is recorded as use of `memory64`.
  @inline(__always)
  mutating func addressSize(allowing features: Features) throws(ValidationError) -> UInt64 {
    guard features.contains(.memory64) else { return UInt64(try u32()) }
    let start = position
    let value = try u64()
    if position - start > ByteReader.longestInteger32 { noteEncoding(of: .memory64) }
    return value
  }

  /// Reads an index that was a zero byte before a feature; any other encoding requires the feature.
  mutating func index(insteadOfZeroBy feature: Features) throws(ValidationError) -> UInt32 {
    if try peek() == 0 {
      try skip(1)
      return 0
    }
    noteEncoding(of: feature)
    return try u32()
  }

  /// Reads an unsigned integer of less than 64 bits, without a bounds check for each byte; nil, and nothing is read, if
  /// it is longer or the bytes may end too early.
  @inline(__always)
  mutating func shortInteger() -> UInt64? {
    guard remaining >= ByteReader.longestInteger else { return nil }
    var result: UInt64 = 0
    var place = position
    var shift: UInt64 = 0
    while shift < 63 {
      let next = place.pointee
      place += 1
      result |= UInt64(next & 0x7f) &<< shift
      if next < 0x80 {
        skip(to: place)
        return result
      }
      shift &+= 7
    }
    return nil
  }

  @inline(__always)
  mutating func s32() throws(ValidationError) -> Int32 {
    Int32(truncatingIfNeeded: try signed(bits: 32))
  }

  @inline(__always)
  mutating func s33() throws(ValidationError) -> Int64 { try signed(bits: 33) }

  @inline(__always)
  mutating func s64() throws(ValidationError) -> Int64 { try signed(bits: 64) }

  @inline(__always)
  private mutating func signed(bits: Int) throws(ValidationError) -> Int64 {
    let first = try byte()
    if first < 0x80 { return Int64(Int8(bitPattern: first << 1) >> 1) }
    return try signedTail(first, bits: bits)
  }

  @inline(never)
  private mutating func unsignedTail(_ first: UInt8, bits: Int) throws(ValidationError) -> UInt64 {
    var result = UInt64(first & 0x7f)
    var shift = 7
    while true {
      let next = try byte()
      result |= UInt64(next & 0x7f) << UInt64(shift)
      if shift + 7 >= bits {
        if next & 0x80 != 0 { throw tooLong() }
        if next >> UInt8(bits - shift) != 0 { throw tooLarge() }
        return result
      }
      if next & 0x80 == 0 { return result }
      shift += 7
    }
  }

  @inline(never)
  private mutating func signedTail(_ first: UInt8, bits: Int) throws(ValidationError) -> Int64 {
    var result = Int64(first & 0x7f)
    var shift = 7
    while true {
      let next = try byte()
      result |= Int64(next & 0x7f) << Int64(shift)
      if shift + 7 >= bits {
        if next & 0x80 != 0 { throw tooLong() }
        let signAndUnusedBits = Int8(bitPattern: next << 1) >> Int8(bits - shift)
        if signAndUnusedBits != 0 && signAndUnusedBits != -1 { throw tooLarge() }
        let unused = Int64(max(0, 57 - shift))
        return (result << unused) >> unused
      }
      shift += 7
      if next & 0x80 == 0 {
        let unused = Int64(64 - shift)
        return (result << unused) >> unused
      }
    }
  }

  @inline(never)
  private func tooLong() -> ValidationError {
    malformed("integer representation too long", at: offset &- 1).ofInteger
  }

  @inline(never)
  private func tooLarge() -> ValidationError {
    malformed("integer too large", at: offset &- 1).ofInteger
  }
}

extension ValidationError {
  /// The same error, marked as an error in the representation of an integer.
  fileprivate var ofInteger: ValidationError {
    var error = self
    error.isOfInteger = true
    return error
  }
}
