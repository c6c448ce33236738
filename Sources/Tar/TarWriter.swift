internal import Compression

/// Writes an archive in the format of POSIX.1 (ustar, with pax records where it has no room), in constant memory.
///
/// Owner and time are the same for all entries, so that equal entries give equal bytes.
package struct TarWriter: ~Copyable {
  /// Takes the archive's bytes.
  package typealias Sink = (RawSpan) throws(TarError) -> Void

  private let sink: Sink
  private var gzip: GzipWriter?
  /// How many bytes of the entry are still to come.
  private var missing = 0
  private var padding = 0

  /// Every entry's time of change, in seconds since 1970. Old programs take 0 for a mistake.
  private static let modified = 1

  /// Begins an archive.
  ///
  /// - Parameters:
  ///   - level: How much to compress, from 0 (stored) to 9 (slowest); nil writes an archive without gzip.
  ///   - sink: Takes the bytes.
  /// - Throws: `failed` where there is no compressor.
  package init(level: Int?, to sink: @escaping Sink) throws(TarError) {
    self.sink = sink
    guard let level else { return }
    do throws(CompressionError) { gzip = try GzipWriter(level: level) } catch { throw .failed("\(error)") }
  }

  /// Changes how much the next entries are compressed, in an archive that is.
  package mutating func setLevel(_ level: Int) throws(TarError) {
    try gzip?.setLevel(level, failure: { .failed("\($0)") }) { (bytes) throws(TarError) in
      try sink(bytes)
    }
  }

  /// Begins an entry. Its bytes follow through `append`.
  ///
  /// - Throws: `failed` where the last entry lacks bytes; `system`.
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
  /// - Throws: `failed` where they are more than it has; `system`.
  package mutating func append(_ bytes: RawSpan) throws(TarError) {
    guard bytes.byteCount <= missing else { throw .failed("an entry has more bytes than was said") }
    missing -= bytes.byteCount
    try write(bytes)
  }

  /// Ends the archive.
  ///
  /// - Throws: `failed` where the last entry lacks bytes; `system`.
  package mutating func finish() throws(TarError) {
    try endEntry()
    try write([UInt8](repeating: 0, count: 2 * TarHeader.blockSize))
    try gzip?.finish(failure: { .failed("\($0)") }) { (bytes) throws(TarError) in try sink(bytes) }
  }

  private mutating func endEntry() throws(TarError) {
    guard missing == 0 else { throw .failed("an entry has fewer bytes than was said") }
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

  /// The header of an entry. What does not fit is cut off; the records before it say it whole.
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

  /// The largest size that 11 octal digits can say.
  static let sizeLimit = (1 << 33) - 1

  /// Cuts a name that is too long for its field at a slash; nil where it fits, or has no such slash.
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

  /// Writes a number in octal digits, which a NUL ends.
  fileprivate mutating func write(octal number: Int, in field: Range<Int>) {
    let digits = String(number, radix: 8)
    let zeros = String(repeating: "0", count: Swift.max(0, field.count - 1 - digits.count))
    write((zeros + digits).utf8, in: field)
  }
}
