internal import Compression
internal import FileSystem

/// Inflates a part of a file piece by piece.
struct DeflatedFile: ~Copyable {
  let file: OpenFile
  /// The offset of the deflated bytes in the file.
  let start: Int
  /// The latest possible end of the deflated bytes.
  let end: Int
  /// Nil before the first read: an object that is inflated at once needs no inflater.
  private var window: InflateWindow?
  /// The offset up to which the file was read.
  private var position: Int

  init(file: consuming OpenFile, start: Int, end: Int) {
    self.file = file
    self.start = start
    self.end = end
    position = start
  }

  /// Inflates until the buffer is full or the stream ends, and returns the number of bytes. After an error it must
  /// not be called again.
  ///
  /// - Throws: `damaged` if the stream is not valid or continues after its part of the file.
  mutating func read(into buffer: UnsafeMutableRawBufferPointer) throws(GitError) -> Int {
    var window: InflateWindow
    if let begun = self.window.take() {
      window = begun
    } else {
      window = try translated { () throws(CompressionError) in try InflateWindow() }
    }
    var position = position
    let count = try window.read(into: buffer, failure: { GitError($0) }) { (room) throws(GitError) in
      let part = UnsafeMutableRawBufferPointer(rebasing: room.prefix(end - position))
      let count = try translated { () throws(FileError) in try file.read(at: position, into: part) }
      position += count
      return count
    }
    self.position = position
    self.window = consume window
    return count
  }

  /// Checks that the stream ends here, with the right checksum; returns how many bytes of its part are left.
  mutating func finish() throws(GitError) -> Int {
    let spare = ByteBuffer(count: 1)
    guard try read(into: spare.bytes) == 0 else {
      throw GitError(.damaged, "the deflated data is longer than its header says")
    }
    return end - position + (window?.unreadCount ?? 0)
  }
}
