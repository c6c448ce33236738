/// Inflates a part of a file through a window of 64 KB.
struct DeflatedFile: ~Copyable {
  let file: OpenFile
  /// Where the deflated bytes begin in the file.
  let start: Int
  /// Where they end at the latest.
  let end: Int
  /// Missing before the first read: an object that is inflated at once needs none.
  private var inflation: Inflation?

  init(file: consuming OpenFile, start: Int, end: Int) {
    self.file = file
    self.start = start
    self.end = end
  }

  /// No stream of `count` bytes inflates to more than this: deflate's limit is 1,032 to 1.
  static func inflatedLimit(of count: Int) -> Int {
    let (limit, overflow) = (count + 64).multipliedReportingOverflow(by: 1032)
    return overflow ? Int.max : limit
  }

  /// Inflates until the buffer is full or the stream ends, and returns the number of bytes.
  ///
  /// - Throws: `damaged` when the stream is not valid or goes on beyond its part of the file.
  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(GitError) -> Int {
    if inflation == nil { inflation = try Inflation(position: start) }
    return try inflation?.read(file, until: end, into: buffer) ?? 0
  }

  /// Checks that the stream ends here, with the right checksum; returns how many bytes of its part are left.
  mutating func finish() throws(GitError) -> Int {
    let spare = ByteBuffer(count: 1)
    guard try read(into: spare.bytes) == 0 else {
      throw GitError(.damaged, "the deflated bytes are longer than they say")
    }
    return end - (inflation?.firstUnread ?? start)
  }
}

/// Keeps the state of a zlib stream together with the window on its file.
private struct Inflation: ~Copyable {
  private var stream: InflateStream
  private let window = ByteBuffer(count: 1 << 16)
  /// What of the window was not inflated yet.
  private var unread = 0..<0
  /// Where the window ends in the file.
  private var position: Int

  init(position: Int) throws(GitError) {
    stream = try InflateStream()
    self.position = position
  }

  /// Where the first byte that was not inflated lies in the file.
  var firstUnread: Int { position - unread.count }

  mutating func read(
    _ file: borrowing OpenFile, until end: Int, into buffer: UnsafeMutableRawBufferPointer
  ) throws(GitError) -> Int {
    var count = 0
    while count < buffer.count, !stream.isFinished {
      if unread.isEmpty {
        let room = UnsafeMutableRawBufferPointer(rebasing: window.bytes.prefix(end - position))
        unread = 0..<(try file.read(at: position, into: room))
        position += unread.count
      }
      let (consumed, produced) = try stream.inflate(
        UnsafeRawBufferPointer(rebasing: window.bytes[unread]),
        into: UnsafeMutableRawBufferPointer(rebasing: buffer[count...]))
      unread = unread.lowerBound + consumed..<unread.upperBound
      count += produced
      // Bytes may still come out of what zlib holds back; none do at the true end.
      if consumed == 0, produced == 0, !stream.isFinished {
        throw GitError(.damaged, "the deflated bytes are cut off")
      }
    }
    return count
  }
}
