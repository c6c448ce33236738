/// The bytes of an incomplete entry.
///
/// Decoding is retried only when the bytes that the entry needs are there or, if that number is unknown, when the bytes
/// have doubled since the last try. So the work is linear in the input, however small the pieces are.
struct PendingInput {
  private(set) var bytes: [UInt8] = []
  /// The number of bytes at which decoding is retried.
  private var wanted = 0

  var isEmpty: Bool { bytes.isEmpty }

  /// The number of bytes missing until the next try.
  var missing: Int { max(1, wanted - bytes.count) }

  /// Keeps the unused bytes of `rest`, because their entry needs at least `needed` bytes.
  mutating func keep(_ rest: UnsafeBufferPointer<UInt8>, needed: Int) {
    bytes.removeAll(keepingCapacity: bytes.capacity <= PendingInput.keptCapacity)
    append(rest, count: rest.count)
    want(needed)
  }

  /// Adds the first `count` bytes of `chunk`.
  mutating func append(_ chunk: UnsafeBufferPointer<UInt8>, count: Int) {
    bytes.append(contentsOf: UnsafeBufferPointer(rebasing: chunk[..<count]))
  }

  /// Records that a try with all bytes failed, because the entry needs at least `needed` bytes.
  mutating func want(_ needed: Int) {
    wanted = max(needed, 2 * bytes.count)
  }

  mutating func removeAll() {
    bytes.removeAll(keepingCapacity: bytes.capacity <= PendingInput.keptCapacity)
    wanted = 0
  }

  private static let keptCapacity = 1 << 16
}
