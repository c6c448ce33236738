/// The bytes of an entry that has not arrived whole.
///
/// The entry is tried again only when the bytes that it is known to need are there or, where that number is not
/// known, when twice as many have come as at the last try. So the work stays linear in the input, however small the
/// pieces are.
struct PendingInput {
  private(set) var bytes: [UInt8] = []
  /// The number of bytes with which the entry is tried again.
  private var wanted = 0

  var isEmpty: Bool { bytes.isEmpty }

  /// How many more bytes the next try waits for.
  var missing: Int { max(1, wanted - bytes.count) }

  /// Takes over what of `rest` was not used, because its entry needs at least `needed` bytes.
  mutating func keep(_ rest: UnsafeBufferPointer<UInt8>, needed: Int) {
    bytes.removeAll(keepingCapacity: bytes.capacity <= PendingInput.keptCapacity)
    append(rest, count: rest.count)
    want(needed)
  }

  /// Adds the first `count` bytes of `chunk`.
  mutating func append(_ chunk: UnsafeBufferPointer<UInt8>, count: Int) {
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: chunk[..<count]))
  }

  /// Notes that a try with all the bytes was in vain, because the entry needs at least `needed` bytes.
  mutating func want(_ needed: Int) {
    wanted = max(needed, 2 * bytes.count)
  }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: bytes.capacity <= PendingInput.keptCapacity)
    wanted = 0
  }

  private static let keptCapacity = 1 << 16
}
