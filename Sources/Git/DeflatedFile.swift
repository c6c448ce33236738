/// Inflates a part of a file through a window of 64 KB.
struct DeflatedFile: ~Copyable {
  let file: OpenFile
  /// Where the deflated bytes begin in the file.
  let start: Int
  /// Where they end at the latest.
  let end: Int
  private var position: Int
  private let window = ByteBuffer(count: 1 << 16)
  private var unread = 0..<0
  private var stream: InflateStream

  init(file: consuming OpenFile, start: Int, end: Int) throws(GitError) {
    let stream = try InflateStream()
    self.file = file
    self.start = start
    self.end = end
    self.position = start
    self.stream = stream
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
    var count = 0
    while count < buffer.count, !stream.isFinished {
      let atEnd = try fill()
      let input = UnsafeRawBufferPointer(rebasing: window.bytes[unread])
      let room = UnsafeMutableRawBufferPointer(rebasing: buffer[count...])
      let (consumed, produced) = try stream.inflate(input, into: room)
      unread = unread.lowerBound + consumed..<unread.upperBound
      count += produced
      if atEnd, consumed == 0, produced == 0, !stream.isFinished {
        throw GitError(.damaged, "the deflated bytes are cut off")
      }
    }
    return count
  }

  /// Checks that the stream ends here, with the right checksum; returns how many bytes of its part are left.
  mutating func finish() throws(GitError) -> Int {
    let spare = ByteBuffer(count: 1)
    guard try read(into: spare.bytes) == 0 else {
      throw GitError(.damaged, "the deflated bytes are longer than they say")
    }
    return end - position + unread.count
  }

  /// Reads on when the window is empty; says whether nothing is left.
  private mutating func fill() throws(GitError) -> Bool {
    guard unread.isEmpty else { return false }
    let room = UnsafeMutableRawBufferPointer(rebasing: window.bytes.prefix(end - position))
    let count = try file.read(at: position, into: room)
    unread = 0..<count
    position += count
    return count == 0
  }
}
