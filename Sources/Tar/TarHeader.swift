/// The 512 bytes at the beginning of each entry of an archive (POSIX.1, `pax`, "ustar Interchange Format").
enum TarHeader {
  /// Archives consist of blocks of this size.
  static let blockSize = 512

  static let name = 0..<100
  static let mode = 100..<108
  static let owner = 108..<116
  static let group = 116..<124
  static let size = 124..<136
  static let modified = 136..<148
  static let checksum = 148..<156
  static let type = 156
  static let target = 157..<257
  static let magic = 257..<265
  static let deviceNumbers = 329..<345
  static let prefix = 345..<500

  /// The magic number and the version of POSIX.
  static let posixMagic: [UInt8] = Array("ustar\0".utf8) + Array("00".utf8)
  /// The magic number and the version of GNU tar's own format, which continues long names in other ways.
  static let gnuMagic: [UInt8] = Array("ustar  \0".utf8)

  /// The meaning of the byte `type`.
  enum TypeFlag {
    static let file = UInt8(ascii: "0")
    static let hardLink = UInt8(ascii: "1")
    static let symbolicLink = UInt8(ascii: "2")
    static let characterDevice = UInt8(ascii: "3")
    static let blockDevice = UInt8(ascii: "4")
    static let folder = UInt8(ascii: "5")
    static let pipe = UInt8(ascii: "6")
    static let contiguousFile = UInt8(ascii: "7")
    /// POSIX records for the next entry, and for all following entries.
    static let records = UInt8(ascii: "x")
    static let globalRecords = UInt8(ascii: "g")
    /// GNU tar's long names.
    static let longName = UInt8(ascii: "L")
    static let longTarget = UInt8(ascii: "K")
    static let sparseFile = UInt8(ascii: "S")
  }

  /// The sum of all bytes, with the bytes of the checksum itself counted as spaces.
  static func sum(of block: [UInt8]) -> Int {
    block.reduce(0) { $0 + Int($1) } - block[checksum].reduce(0) { $0 + Int($1) } + checksum.count * 0x20
  }

  /// The number of padding bytes after this number of bytes.
  static func padding(of size: Int) -> Int { (blockSize - size % blockSize) % blockSize }
}
