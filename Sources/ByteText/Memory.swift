/// An owner of bytes, whose addresses stay valid until it is released.
package final class Memory {
  /// The last allocated block. Each one begins with the address of the one before.
  private var last: UnsafeMutableRawPointer?
  private static let head = 16

  /// Creates an empty owner.
  package init() {}

  deinit {
    while let block = last {
      last = block.load(as: UnsafeMutableRawPointer?.self)
      block.deallocate()
    }
  }

  /// Allocates bytes, which are zeros at first.
  package func room(_ count: Int) -> UnsafeMutablePointer<UInt8> {
    let block = UnsafeMutableRawPointer.allocate(byteCount: Memory.head + count, alignment: Memory.head)
    block.storeBytes(of: last, as: UnsafeMutableRawPointer?.self)
    last = block
    return (block + Memory.head).initializeMemory(as: UInt8.self, repeating: 0, count: count)
  }

  /// Copies bytes into it.
  @inline(never)
  package func copy(_ bytes: Bytes) -> Bytes {
    let block = room(bytes.count)
    if let start = bytes.start {
      UnsafeMutableRawPointer(block).copyMemory(from: start, byteCount: bytes.count)
    }
    return Bytes(block, bytes.count)
  }
}
