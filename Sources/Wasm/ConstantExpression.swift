extension ByteReader {
  /// Moves behind a constant expression (specification 3.3.10), whose end only its instructions show, and refuses
  /// an instruction that none may hold.
  mutating func skipConstantExpression() throws(ValidationError) {
    while true {
      let start = offset
      switch try byte() {
      case 0x0b: return
      case 0x23, 0xd2: _ = try u32()
      case 0x41: _ = try s32()
      case 0x42: _ = try s64()
      case 0x43: try skip(4)
      case 0x44: try skip(8)
      case 0x6a...0x6c, 0x7c...0x7e: break
      case 0xd0: _ = try heapType()
      case 0xfb: try skipConstantAggregate(at: start)
      case 0xfd:
        guard try u32() == 12 else { throw notConstant(at: start) }
        try skip(16)
      default: throw notConstant(at: start)
      }
    }
  }

  private mutating func skipConstantAggregate(at start: Int) throws(ValidationError) {
    switch try u32() {
    case 0, 1, 6, 7: _ = try u32()
    case 8:
      _ = try u32()
      _ = try u32()
    case 26, 27, 28: break
    default: throw notConstant(at: start)
    }
  }

  private func notConstant(at start: Int) -> ValidationError {
    ValidationError(.invalid, at: start, "constant expression required")
  }
}
