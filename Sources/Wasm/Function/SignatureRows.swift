/// The rows of the table of signatures.
extension SignatureTable {
  /// The single-byte opcodes, and the conversions after 0xfc.
  static let rows: [Row] = [
    .access("a>i", 0x28...0x28, alignment: 2),
    .access("a>l", 0x29...0x29, alignment: 3),
    .access("a>f", 0x2a...0x2a, alignment: 2),
    .access("a>d", 0x2b...0x2b, alignment: 3),
    .access("a>i", 0x2c...0x2d, alignment: 0),
    .access("a>i", 0x2e...0x2f, alignment: 1),
    .access("a>l", 0x30...0x31, alignment: 0),
    .access("a>l", 0x32...0x33, alignment: 1),
    .access("a>l", 0x34...0x35, alignment: 2),
    .access("ai>", 0x36...0x36, alignment: 2),
    .access("al>", 0x37...0x37, alignment: 3),
    .access("af>", 0x38...0x38, alignment: 2),
    .access("ad>", 0x39...0x39, alignment: 3),
    .access("ai>", 0x3a...0x3a, alignment: 0),
    .access("ai>", 0x3b...0x3b, alignment: 1),
    .access("al>", 0x3c...0x3c, alignment: 0),
    .access("al>", 0x3d...0x3d, alignment: 1),
    .access("al>", 0x3e...0x3e, alignment: 2),
    .plain("i>i", 0x45...0x45),
    .plain("ii>i", 0x46...0x4f),
    .plain("l>i", 0x50...0x50),
    .plain("ll>i", 0x51...0x5a),
    .plain("ff>i", 0x5b...0x60),
    .plain("dd>i", 0x61...0x66),
    .plain("i>i", 0x67...0x69),
    .plain("ii>i", 0x6a...0x78),
    .plain("l>l", 0x79...0x7b),
    .plain("ll>l", 0x7c...0x8a),
    .plain("f>f", 0x8b...0x91),
    .plain("ff>f", 0x92...0x98),
    .plain("d>d", 0x99...0x9f),
    .plain("dd>d", 0xa0...0xa6),
    .plain("l>i", 0xa7...0xa7),
    .plain("f>i", 0xa8...0xa9),
    .plain("d>i", 0xaa...0xab),
    .plain("i>l", 0xac...0xad),
    .plain("f>l", 0xae...0xaf),
    .plain("d>l", 0xb0...0xb1),
    .plain("i>f", 0xb2...0xb3),
    .plain("l>f", 0xb4...0xb5),
    .plain("d>f", 0xb6...0xb6),
    .plain("i>d", 0xb7...0xb8),
    .plain("l>d", 0xb9...0xba),
    .plain("f>d", 0xbb...0xbb),
    .plain("f>i", 0xbc...0xbc),
    .plain("d>l", 0xbd...0xbd),
    .plain("i>f", 0xbe...0xbe),
    .plain("l>d", 0xbf...0xbf),
    .plain("i>i", 0xc0...0xc1, feature: .signExtension),
    .plain("l>l", 0xc2...0xc4, feature: .signExtension),
    .plain("f>i", 0x00...0x01, base: conversionBase, feature: .saturatingFloatToInt),
    .plain("d>i", 0x02...0x03, base: conversionBase, feature: .saturatingFloatToInt),
    .plain("f>l", 0x04...0x05, base: conversionBase, feature: .saturatingFloatToInt),
    .plain("d>l", 0x06...0x07, base: conversionBase, feature: .saturatingFloatToInt),
  ]

  /// The vector instructions after 0xfd.
  static let vectorRows: [Row] = [
    .access("a>v", 0x00...0x00, alignment: 4, base: vectorBase, feature: .simd),
    .access("a>v", 0x01...0x06, alignment: 3, base: vectorBase, feature: .simd),
    .access("a>v", 0x07...0x07, alignment: 0, base: vectorBase, feature: .simd),
    .access("a>v", 0x08...0x08, alignment: 1, base: vectorBase, feature: .simd),
    .access("a>v", 0x09...0x09, alignment: 2, base: vectorBase, feature: .simd),
    .access("a>v", 0x0a...0x0a, alignment: 3, base: vectorBase, feature: .simd),
    .access("av>", 0x0b...0x0b, alignment: 4, base: vectorBase, feature: .simd),
    .plain("vv>v", 0x0e...0x0e, base: vectorBase, feature: .simd),
    .plain("i>v", 0x0f...0x11, base: vectorBase, feature: .simd),
    .plain("l>v", 0x12...0x12, base: vectorBase, feature: .simd),
    .plain("f>v", 0x13...0x13, base: vectorBase, feature: .simd),
    .plain("d>v", 0x14...0x14, base: vectorBase, feature: .simd),
    .lane("v>i", 0x15...0x16, of: 16),
    .lane("vi>v", 0x17...0x17, of: 16),
    .lane("v>i", 0x18...0x19, of: 8),
    .lane("vi>v", 0x1a...0x1a, of: 8),
    .lane("v>i", 0x1b...0x1b, of: 4),
    .lane("vi>v", 0x1c...0x1c, of: 4),
    .lane("v>l", 0x1d...0x1d, of: 2),
    .lane("vl>v", 0x1e...0x1e, of: 2),
    .lane("v>f", 0x1f...0x1f, of: 4),
    .lane("vf>v", 0x20...0x20, of: 4),
    .lane("v>d", 0x21...0x21, of: 2),
    .lane("vd>v", 0x22...0x22, of: 2),
    .plain("vv>v", 0x23...0x4c, base: vectorBase, feature: .simd),
    .plain("vv>v", 0x4e...0x51, base: vectorBase, feature: .simd),
    .plain("v>v", 0x4d...0x4d, base: vectorBase, feature: .simd),
    .plain("vvv>v", 0x52...0x52, base: vectorBase, feature: .simd),
    .plain("v>i", 0x53...0x53, base: vectorBase, feature: .simd),
    .laneAccess("av>v", 0x54...0x54, alignment: 0, of: 16),
    .laneAccess("av>v", 0x55...0x55, alignment: 1, of: 8),
    .laneAccess("av>v", 0x56...0x56, alignment: 2, of: 4),
    .laneAccess("av>v", 0x57...0x57, alignment: 3, of: 2),
    .laneAccess("av>", 0x58...0x58, alignment: 0, of: 16),
    .laneAccess("av>", 0x59...0x59, alignment: 1, of: 8),
    .laneAccess("av>", 0x5a...0x5a, alignment: 2, of: 4),
    .laneAccess("av>", 0x5b...0x5b, alignment: 3, of: 2),
    .access("a>v", 0x5c...0x5c, alignment: 2, base: vectorBase, feature: .simd),
    .access("a>v", 0x5d...0x5d, alignment: 3, base: vectorBase, feature: .simd),
    .plain("v>v", 0x5e...0x62, base: vectorBase, feature: .simd),
    .plain("v>v", 0x67...0x6a, base: vectorBase, feature: .simd),
    .plain("v>v", 0x74...0x75, base: vectorBase, feature: .simd),
    .plain("v>v", 0x7a...0x7a, base: vectorBase, feature: .simd),
    .plain("v>v", 0x7c...0x81, base: vectorBase, feature: .simd),
    .plain("v>v", 0x87...0x8a, base: vectorBase, feature: .simd),
    .plain("v>v", 0x94...0x94, base: vectorBase, feature: .simd),
    .plain("v>v", 0xa0...0xa1, base: vectorBase, feature: .simd),
    .plain("v>v", 0xa7...0xaa, base: vectorBase, feature: .simd),
    .plain("v>v", 0xc0...0xc1, base: vectorBase, feature: .simd),
    .plain("v>v", 0xc7...0xca, base: vectorBase, feature: .simd),
    .plain("v>v", 0xe0...0xe1, base: vectorBase, feature: .simd),
    .plain("v>v", 0xe3...0xe3, base: vectorBase, feature: .simd),
    .plain("v>v", 0xec...0xed, base: vectorBase, feature: .simd),
    .plain("v>v", 0xef...0xef, base: vectorBase, feature: .simd),
    .plain("v>v", 0xf8...0xff, base: vectorBase, feature: .simd),
    .plain("v>i", 0x63...0x64, base: vectorBase, feature: .simd),
    .plain("v>i", 0x83...0x84, base: vectorBase, feature: .simd),
    .plain("v>i", 0xa3...0xa4, base: vectorBase, feature: .simd),
    .plain("v>i", 0xc3...0xc4, base: vectorBase, feature: .simd),
    .plain("vi>v", 0x6b...0x6d, base: vectorBase, feature: .simd),
    .plain("vi>v", 0x8b...0x8d, base: vectorBase, feature: .simd),
    .plain("vi>v", 0xab...0xad, base: vectorBase, feature: .simd),
    .plain("vi>v", 0xcb...0xcd, base: vectorBase, feature: .simd),
    .plain("vv>v", 0x65...0x66, base: vectorBase, feature: .simd),
    .plain("vv>v", 0x6e...0x73, base: vectorBase, feature: .simd),
    .plain("vv>v", 0x76...0x79, base: vectorBase, feature: .simd),
    .plain("vv>v", 0x7b...0x7b, base: vectorBase, feature: .simd),
    .plain("vv>v", 0x82...0x82, base: vectorBase, feature: .simd),
    .plain("vv>v", 0x85...0x86, base: vectorBase, feature: .simd),
    .plain("vv>v", 0x8e...0x93, base: vectorBase, feature: .simd),
    .plain("vv>v", 0x95...0x99, base: vectorBase, feature: .simd),
    .plain("vv>v", 0x9b...0x9f, base: vectorBase, feature: .simd),
    .plain("vv>v", 0xae...0xae, base: vectorBase, feature: .simd),
    .plain("vv>v", 0xb1...0xb1, base: vectorBase, feature: .simd),
    .plain("vv>v", 0xb5...0xba, base: vectorBase, feature: .simd),
    .plain("vv>v", 0xbc...0xbf, base: vectorBase, feature: .simd),
    .plain("vv>v", 0xce...0xce, base: vectorBase, feature: .simd),
    .plain("vv>v", 0xd1...0xd1, base: vectorBase, feature: .simd),
    .plain("vv>v", 0xd5...0xdf, base: vectorBase, feature: .simd),
    .plain("vv>v", 0xe4...0xeb, base: vectorBase, feature: .simd),
    .plain("vv>v", 0xf0...0xf7, base: vectorBase, feature: .simd),
  ]

  /// The relaxed vector instructions after 0xfd.
  static let relaxedRows: [Row] = [
    .plain("vv>v", 0x100...0x100, base: vectorBase, feature: .relaxedSIMD),
    .plain("vv>v", 0x10d...0x112, base: vectorBase, feature: .relaxedSIMD),
    .plain("v>v", 0x101...0x104, base: vectorBase, feature: .relaxedSIMD),
    .plain("vvv>v", 0x105...0x10c, base: vectorBase, feature: .relaxedSIMD),
    .plain("vvv>v", 0x113...0x113, base: vectorBase, feature: .relaxedSIMD),
  ]

  /// The atomic instructions after 0xfe: each operation has seven widths.
  static let atomicRows: [Row] =
    [
      .atomic("ai>i", 0x00...0x00, alignment: 2), .atomic("ail>i", 0x01...0x01, alignment: 2),
      .atomic("all>i", 0x02...0x02, alignment: 3),
    ] + widths("a>i", "a>l", from: 0x10) + widths("ai>", "al>", from: 0x17)
    + stride(from: 0x1e, to: 0x48, by: 7).flatMap { widths("ai>i", "al>l", from: $0) }
    + widths("aii>i", "all>l", from: 0x48)

  private static func widths(_ i32: StaticString, _ i64: StaticString, from code: Int) -> [Row] {
    [(i32, 2), (i64, 3), (i32, 0), (i32, 1), (i64, 0), (i64, 1), (i64, 2)].enumerated().map {
      .atomic($1.0, code + $0...code + $0, alignment: $1.1)
    }
  }
}

extension SignatureTable.Row {
  static func plain(
    _ types: StaticString, _ codes: ClosedRange<Int>, base: Int = 0, feature: Features? = nil
  ) -> Self {
    Self(base: base, codes: codes, types: types, form: .plain, alignment: 0, lanes: 0, feature: feature)
  }

  static func access(
    _ types: StaticString, _ codes: ClosedRange<Int>, alignment: Int, base: Int = 0, feature: Features? = nil
  ) -> Self {
    Self(
      base: base, codes: codes, types: types, form: .memory, alignment: alignment, lanes: 0, feature: feature)
  }

  static func atomic(_ types: StaticString, _ codes: ClosedRange<Int>, alignment: Int) -> Self {
    Self(
      base: SignatureTable.atomicBase, codes: codes, types: types, form: .atomic, alignment: alignment,
      lanes: 0, feature: .threads)
  }

  static func lane(_ types: StaticString, _ codes: ClosedRange<Int>, of lanes: Int) -> Self {
    Self(
      base: SignatureTable.vectorBase, codes: codes, types: types, form: .lane, alignment: 0, lanes: lanes,
      feature: .simd)
  }

  static func laneAccess(
    _ types: StaticString, _ codes: ClosedRange<Int>, alignment: Int, of lanes: Int
  ) -> Self {
    Self(
      base: SignatureTable.vectorBase, codes: codes, types: types, form: .memoryLane, alignment: alignment,
      lanes: lanes, feature: .simd)
  }
}
