/// Owns a block of memory at a fixed address, and frees it.
struct ByteBuffer: ~Copyable {
  let bytes: UnsafeMutableRawBufferPointer

  /// Allocates `count` bytes without initialising them, so that pages without writes cost nothing.
  init(count: Int) {
    bytes = .allocate(byteCount: max(count, 1), alignment: 16)
  }

  deinit { bytes.deallocate() }
}
