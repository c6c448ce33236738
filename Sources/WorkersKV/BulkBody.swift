internal import JSONText
internal import NIOCore

/// The body of a bulk write, made while it is sent: of the values not more than a few are in memory at a time.
struct BulkBody: AsyncSequence, Sendable {
  typealias Element = ByteBuffer

  /// A value could not be read, which no other try would change.
  struct ReadFailure: Error {
    let underlying: any Error
  }

  private let items: [KVItem]
  private let indices: [Int]
  private let read: @Sendable (Int) async throws -> [UInt8]
  /// The number of bytes.
  let length: Int

  /// The bytes that are sent at a time, at least.
  private static let pieceLength = 1 << 16

  /// Describes a body.
  ///
  /// - Parameters:
  ///   - items: The values that there are.
  ///   - indices: Those that are written, at least one.
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
