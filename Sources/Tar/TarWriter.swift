internal import Compression

/// Writes an archive in the format of POSIX.1 (ustar, with pax records for values that do not fit), in constant
/// memory.
///
/// Owner and time are the same for all entries, so equal entries give equal bytes.
package struct TarWriter: ~Copyable {
  /// Takes the archive's bytes.
  package typealias Sink = (RawSpan) throws(TarError) -> Void

  private let sink: Sink
  private var gzip: GzipWriter?
  /// The number of bytes of the entry that are still missing.
  private var missing = 0
  private var padding = 0

  /// Every entry's modification time, in seconds since 1970. Old programs treat 0 as an error.
  private static let modified = 1

  /// Begins an archive.
  ///
  /// - Parameters:
  ///   - level: The compression level, from 0 (stored) to 9 (slowest); nil writes an archive without gzip.
  ///   - sink: Takes the bytes.
  /// - Throws: `failed` if there is no compressor.
  package init(level: Int?, to sink: @escaping Sink) throws(TarError) {
    self.sink = sink
    guard let level else { return }
    do throws(CompressionError) { gzip = try GzipWriter(level: level) } catch { throw .failed("\(error)") }
  }

  /// Changes the compression level for the next entries, if the archive is compressed.
  package mutating func setLevel(_ level: Int) throws(TarError) {
    try gzip?.setLevel(level, failure: { .failed("\($0)") }) { (bytes) throws(TarError) in
      try sink(bytes)
    }
  }

  /// Begins an entry. Its bytes are written with `append`.
  ///
  /// - Throws: `failed` if the last entry is incomplete; `system`.
  package mutating func begin(_ entry: TarEntry) throws(TarError) {
    try endEntry()
    let records = PaxRecords(needed: entry)
    if !records.isEmpty {
      let bytes = records.encoded
      var header = TarEntry(
        name: Array("./PaxHeaders/".utf8) + (entry.name.split(separator: 0x2f).last ?? []))
      header.size = bytes.count
      try write(Self.header(of: header, type: TarHeader.TypeFlag.records))
      try write(bytes + [UInt8](repeating: 0, count: TarHeader.padding(of: bytes.count)))
    }
    try write(Self.header(of: entry, type: nil))
    missing = entry.size
    padding = TarHeader.padding(of: entry.size)
  }

  /// Writes the next bytes of an entry.
  ///
  /// - Throws: `failed` if the entry gets too many bytes; `system`.
  package mutating func append(_ bytes: RawSpan) throws(TarError) {
    guard bytes.byteCount <= missing else { throw .failed("an entry has more bytes than its header says") }
    missing -= bytes.byteCount
    try write(bytes)
  }

  /// Ends the archive.
  ///
  /// - Throws: `failed` if the last entry is incomplete; `system`.
  package mutating func finish() throws(TarError) {
    try endEntry()
    try write([UInt8](repeating: 0, count: 2 * TarHeader.blockSize))
    try gzip?.finish(failure: { .failed("\($0)") }) { (bytes) throws(TarError) in try sink(bytes) }
  }

  private mutating func endEntry() throws(TarError) {
    guard missing == 0 else { throw .failed("an entry has fewer bytes than its header says") }
    if padding > 0 { try write([UInt8](repeating: 0, count: padding)) }
    padding = 0
  }

  private mutating func write(_ bytes: [UInt8]) throws(TarError) { try write(bytes.span.bytes) }

  private mutating func write(_ bytes: RawSpan) throws(TarError) {
    let sink = sink
    if gzip == nil { return try sink(bytes) }
    try gzip?.append(bytes, failure: { .failed("\($0)") }) { (bytes) throws(TarError) in try sink(bytes)
    }
  }

  /// The header of an entry. Values that do not fit are truncated; the pax records before it have the full values.
  private static func header(of entry: TarEntry, type: UInt8?) -> [UInt8] {
    var block = [UInt8](repeating: 0, count: TarHeader.blockSize)
    var name = entry.name
    if entry.kind == .folder, name.last != 0x2f { name.append(0x2f) }
    if let (prefix, rest) = split(name) {
      block.write(prefix, in: TarHeader.prefix)
      name = rest
    }
    block.write(name.prefix(TarHeader.name.count), in: TarHeader.name)
    block.write(octal: Int(entry.mode), in: TarHeader.mode)
    block.write(octal: 0, in: TarHeader.owner)
    block.write(octal: 0, in: TarHeader.group)
    block.write(octal: entry.size <= sizeLimit ? entry.size : 0, in: TarHeader.size)
    block.write(octal: modified, in: TarHeader.modified)
    block.write(TarHeader.posixMagic, in: TarHeader.magic)
    block[TarHeader.type] = type ?? typeFlag(of: entry.kind)
    if case .symbolicLink(let target) = entry.kind {
      block.write(target.prefix(TarHeader.target.count), in: TarHeader.target)
    }
    let sum = String(TarHeader.sum(of: block), radix: 8)
    block.write(
      Array((String(repeating: "0", count: 6 - sum.count) + sum + "\0 ").utf8), in: TarHeader.checksum)
    return block
  }

  private static func typeFlag(of kind: TarEntry.Kind) -> UInt8 {
    switch kind {
    case .file: TarHeader.TypeFlag.file
    case .folder: TarHeader.TypeFlag.folder
    case .symbolicLink: TarHeader.TypeFlag.symbolicLink
    case .hardLink: TarHeader.TypeFlag.hardLink
    case .device: TarHeader.TypeFlag.characterDevice
    case .pipe: TarHeader.TypeFlag.pipe
    case .other(let flag): flag
    }
  }

  /// The largest size that fits into 11 octal digits.
  static let sizeLimit = (1 << 33) - 1

  /// Splits a name that is too long for its field at a slash; nil if it fits, or has no suitable slash.
  static func split(_ name: [UInt8]) -> (prefix: [UInt8], rest: [UInt8])? {
    guard name.count > TarHeader.name.count else { return nil }
    let first = name.count - TarHeader.name.count - 1
    guard first <= TarHeader.prefix.count,
      let slash = name[first...].firstIndex(of: 0x2f), slash <= TarHeader.prefix.count, slash > 0,
      slash < name.count - 1
    else { return nil }
    return (Array(name[..<slash]), Array(name[(slash + 1)...]))
  }
}

extension [UInt8] {
  fileprivate mutating func write(_ bytes: some Collection<UInt8>, in field: Range<Int>) {
    replaceSubrange(field.lowerBound..<field.lowerBound + bytes.count, with: bytes)
  }

  /// Writes a number in octal digits and a NUL.
  fileprivate mutating func write(octal number: Int, in field: Range<Int>) {
    let digits = String(number, radix: 8)
    let zeros = String(repeating: "0", count: Swift.max(0, field.count - 1 - digits.count))
    write((zeros + digits).utf8, in: field)
  }
}
