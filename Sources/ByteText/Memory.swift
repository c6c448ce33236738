/// Owns bytes: what is put into it stays where it is until it goes.
package final class Memory {
  private var blocks: [UnsafeMutablePointer<UInt8>] = []

  /// Makes one without bytes.
  package init() {}

  deinit { for block in blocks { block.deallocate() } }

  /// Makes room for bytes, which are zeros at first.
  package func room(_ count: Int) -> UnsafeMutablePointer<UInt8> {
    let block = UnsafeMutablePointer<UInt8>.allocate(capacity: Swift.max(count, 1))
    block.initialize(repeating: 0, count: Swift.max(count, 1))
    blocks.append(block)
    return block
  }

  /// Copies bytes into it.
  @inline(never)
  package func copy(_ bytes: Bytes) -> Bytes {
    let block = room(bytes.count)
    if let start = bytes.start { block.update(from: start, count: bytes.count) }
    return Bytes(block, bytes.count)
  }
}
