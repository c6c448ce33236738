internal import Compression

/// The bytes of an archive, decompressed if they begin as gzip.
struct TarInput: ~Copyable {
  private let source: (inout [UInt8], Int) throws(TarError) -> Int
  private var gzip: GzipReader?
  /// The bytes that were read to detect gzip and were not returned yet; nil before that.
  private var first: [UInt8]?

  init(_ source: @escaping (inout [UInt8], Int) throws(TarError) -> Int) { self.source = source }

  /// Reads until this number of bytes are there, or the archive ends; returns their number.
  mutating func read(into buffer: inout [UInt8], upTo length: Int) throws(TarError) -> Int {
    if first == nil { try begin() }
    let source = source
    if gzip != nil {
      let count = try gzip?.read(
        into: &buffer, upTo: length, failure: { .damaged("\($0)") },
        refill: { (window) throws(TarError) in try source(&window, window.count) })
      return count ?? 0
    }
    guard let ready = first, !ready.isEmpty else { return try source(&buffer, length) }
    let count = min(ready.count, length)
    buffer.replaceSubrange(0..<count, with: ready.prefix(count))
    first = Array(ready.dropFirst(count))
    guard count < length else { return count }
    var rest = [UInt8](repeating: 0, count: length - count)
    let more = try source(&rest, rest.count)
    buffer.replaceSubrange(count..<count + more, with: rest.prefix(more))
    return count + more
  }

  private mutating func begin() throws(TarError) {
    var bytes = [UInt8](repeating: 0, count: TarHeader.blockSize)
    let count = try source(&bytes, bytes.count)
    let ready = Array(bytes.prefix(count))
    first = ready
    guard ready.starts(with: GzipReader.magic) else { return }
    do throws(CompressionError) { gzip = try GzipReader(begun: ready) } catch { throw .failed("\(error)") }
  }
}
