internal import JSONText
internal import NIOCore

/// The body of a bulk write, created while it is sent, so that only a few values are in memory at a time.
struct BulkBody: AsyncSequence, Sendable {
  typealias Element = ByteBuffer

  /// The error if a value cannot be read; a retry would not help.
  struct ReadFailure: Error {
    let underlying: any Error
  }

  private let items: [KVItem]
  private let indices: [Int]
  private let read: @Sendable (Int) async throws -> [UInt8]
  /// The number of bytes.
  let length: Int

  /// The minimum number of bytes sent at a time.
  private static let pieceLength = 1 << 16

  /// Creates a body.
  ///
  /// - Parameters:
  ///   - items: All values.
  ///   - indices: The indices of the values to write, at least one.
  ///   - read: Reads the value of an index, as a pair.
  init(_ items: [KVItem], _ indices: [Int], read: @escaping @Sendable (Int) async throws -> [UInt8]) {
    self.items = items
    self.indices = indices
    self.read = read
    length = indices.reduce(1) { $0 + 1 + items[$1].length }
  }

  func makeAsyncIterator() -> Iterator { Iterator(body: self) }

  struct Iterator: AsyncIteratorProtocol {
    private let body: BulkBody
    private var position = 0

    init(body: BulkBody) { self.body = body }

    mutating func next() async throws -> ByteBuffer? {
      guard position < body.indices.count else { return nil }
      var bytes: [UInt8] = []
      bytes.reserveCapacity(BulkBody.pieceLength + BulkBody.pieceLength / 4)
      while position < body.indices.count, bytes.count < BulkBody.pieceLength {
        let index = body.indices[position]
        let item = body.items[index]
        bytes.append(position == 0 ? UInt8(ascii: "[") : UInt8(ascii: ","))
        let pair: [UInt8]
        do { pair = try await body.read(index) } catch { throw ReadFailure(underlying: error) }
        guard pair.count == item.length else {
          throw ReadFailure(underlying: KVError.changed(key: item.key))
        }
        bytes += pair
        position += 1
      }
      if position == body.indices.count { bytes.append(UInt8(ascii: "]")) }
      return ByteBuffer(bytes: bytes)
    }
  }
}
