/// Owns bytes: what is put into it stays where it is until it goes.
package final class Memory {
  /// The block that was made last. Each one begins with the address of the one before.
  private var last: UnsafeMutableRawPointer?
  private static let head = 16

  /// Makes one without bytes.
  package init() {}

  deinit {
    while let block = last {
      last = block.load(as: UnsafeMutableRawPointer?.self)
      block.deallocate()
    }
  }

  /// Makes room for bytes, which are zeros at first.
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
