/// Reads an archive from start to end, in constant memory: ustar, with pax records or GNU tar's long names, plain or
/// compressed with gzip.
///
/// It reports the entries and unpacks nothing. Code that unpacks must check `TarEntry.place` first.
package struct TarReader: ~Copyable {
  private var input: TarInput
  /// The number of bytes of the entry, and after it, that were not read yet.
  private var unread = 0
  private var padding = 0
  private var hasEnded = false

  /// The maximum length of records and long names.
  private static let recordLimit = 1 << 20

  /// The maximum size of a file; adding a block to it does not overflow.
  private static let sizeLimit = 1 << 60

  /// Starts to read.
  ///
  /// - Parameter source: Fills the beginning of an array with up to a given number of bytes, and returns their
  ///   number, which is smaller only at the end of the file.
  package init(_ source: @escaping (inout [UInt8], Int) throws(TarError) -> Int) { input = TarInput(source) }

  /// Goes to the next entry; nil at the end, after which no data may follow.
  ///
  /// - Throws: `damaged`, `system`.
  package mutating func next() throws(TarError) -> TarEntry? {
    try skip()
    var records = PaxRecords()
    while !hasEnded {
      guard let block = try header() else { return nil }
      let size = try number(block, TarHeader.size)
      switch block[TarHeader.type] {
      case TarHeader.TypeFlag.records:
        guard records.add(try content(size)) else {
          throw .damaged("the extended header of an entry is not valid")
        }
      case TarHeader.TypeFlag.globalRecords:
        var global = PaxRecords()
        guard global.add(try content(size)), global.isEmpty else {
          throw .damaged("the global extended header is not valid")
        }
      case TarHeader.TypeFlag.longName: records.name = Array(try content(size).prefix { $0 != 0 })
      case TarHeader.TypeFlag.longTarget: records.target = Array(try content(size).prefix { $0 != 0 })
      default: return try entry(block, size: records.size ?? size, records)
      }
    }
    return nil
  }

  /// Reads the next bytes of the entry into the buffer, and returns their number; 0 at its end.
  ///
  /// - Throws: `damaged`, `system`.
  package mutating func read(into buffer: inout [UInt8]) throws(TarError) -> Int {
    let wanted = min(buffer.count, unread)
    guard try input.read(into: &buffer, upTo: wanted) == wanted else { throw .damaged(Self.cutOff) }
    unread -= wanted
    return wanted
  }

  private static let cutOff = "the archive is truncated"

  private mutating func skip() throws(TarError) {
    guard unread + padding > 0 else { return }
    var buffer = [UInt8](repeating: 0, count: min(1 << 16, unread + padding))
    while try read(into: &buffer) > 0 {}
    guard try input.read(into: &buffer, upTo: padding) == padding else { throw .damaged(Self.cutOff) }
    padding = 0
  }

  /// The next header; nil at the end.
  private mutating func header() throws(TarError) -> [UInt8]? {
    var block = [UInt8](repeating: 0, count: TarHeader.blockSize)
    guard try input.read(into: &block, upTo: block.count) == block.count else { throw .damaged(Self.cutOff) }
    guard block.contains(where: { $0 != 0 }) else {
      try end()
      return nil
    }
    guard try number(block, TarHeader.checksum) == TarHeader.sum(of: block) else {
      throw .damaged("it is not a tar archive, or a header is damaged")
    }
    return block
  }

  /// Reads to the end of the file, so that gzip's checksum is verified too.
  private mutating func end() throws(TarError) {
    hasEnded = true
    var buffer = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = try input.read(into: &buffer, upTo: buffer.count)
      guard buffer[..<count].allSatisfy({ $0 == 0 }) else {
        throw .damaged("there is data after the end of the archive")
      }
      if count < buffer.count { return }
    }
  }

  private mutating func content(_ size: Int) throws(TarError) -> [UInt8] {
    guard size <= Self.recordLimit else { throw .damaged("the extended header of an entry is too long") }
    var bytes = [UInt8](repeating: 0, count: size)
    (unread, padding) = (size, TarHeader.padding(of: size))
    _ = try read(into: &bytes)
    try skip()
    return bytes
  }

  private mutating func entry(
    _ block: [UInt8], size: Int, _ records: PaxRecords
  ) throws(TarError) -> TarEntry {
    var name = Array(block[TarHeader.name].prefix { $0 != 0 })
    let prefix = block[TarHeader.prefix].prefix { $0 != 0 }
    if block[TarHeader.magic].elementsEqual(TarHeader.posixMagic), !prefix.isEmpty {
      name = prefix + [0x2f] + name
    }
    name = records.name ?? name
    guard !name.isEmpty else { throw .damaged("an entry has no name") }
    let kind = Self.kind(
      block[TarHeader.type], name, target: records.target ?? Array(block[TarHeader.target].prefix { $0 != 0 })
    )
    switch kind {
    case .file, .other: break
    case .folder, .symbolicLink, .hardLink, .device, .pipe:
      guard size == 0 else { throw .damaged("an entry that is not a file has content") }
    }
    guard size <= Self.sizeLimit else { throw .damaged("an entry is too long") }
    (unread, padding) = (size, TarHeader.padding(of: size))
    let mode = UInt32(truncatingIfNeeded: try number(block, TarHeader.mode)) & 0o7777
    return TarEntry(
      name: name, kind: records.isSparse ? .other(TarHeader.TypeFlag.sparseFile) : kind, size: size,
      mode: mode)
  }

  private static func kind(_ flag: UInt8, _ name: [UInt8], target: [UInt8]) -> TarEntry.Kind {
    switch flag {
    // Before POSIX, a trailing slash marked a folder.
    case 0: name.last == 0x2f ? .folder : .file
    case TarHeader.TypeFlag.file, TarHeader.TypeFlag.contiguousFile: .file
    case TarHeader.TypeFlag.folder: .folder
    case TarHeader.TypeFlag.symbolicLink: .symbolicLink(target)
    case TarHeader.TypeFlag.hardLink: .hardLink(target)
    case TarHeader.TypeFlag.characterDevice, TarHeader.TypeFlag.blockDevice: .device
    case TarHeader.TypeFlag.pipe: .pipe
    default: .other(flag)
    }
  }

  /// A number in octal digits, or in binary if the digits have too little room (GNU tar).
  private func number(_ block: [UInt8], _ field: Range<Int>) throws(TarError) -> Int {
    let bytes = block[field]
    if bytes[field.lowerBound] == 0x80 {
      var number = 0
      for byte in bytes.dropFirst() {
        let (product, overflow) = number.multipliedReportingOverflow(by: 256)
        if overflow { throw .damaged("a number in a header is not valid") }
        number = product | Int(byte)
      }
      return number
    }
    let digits = bytes.drop { $0 == 0x20 }.prefix { $0 != 0 && $0 != 0x20 }
    if digits.isEmpty { return 0 }
    guard digits.allSatisfy({ (0x30...0x37).contains($0) }),
      let number = Int(String(decoding: digits, as: UTF8.self), radix: 8)
    else { throw .damaged("it is not a tar archive, or a header is damaged") }
    return number
  }
}
