/// Bytes in pieces of the length in which they are stored.
struct PieceList: Sendable {
  private(set) var pieces: [[UInt8]] = []
  private(set) var count = 0

  /// Appends bytes.
  mutating func append(_ bytes: ArraySlice<UInt8>) {
    count += bytes.count
    var rest = bytes
    while !rest.isEmpty {
      let room = KVContent.pieceLength - (pieces.last?.count ?? KVContent.pieceLength)
      if room == 0 {
        pieces.append([])
      } else {
        pieces[pieces.count - 1] += rest.prefix(room)
        rest = rest.dropFirst(room)
      }
    }
  }

  /// Removes and returns the first piece; nil if there is none.
  mutating func popFirst() -> [UInt8]? { pieces.isEmpty ? nil : pieces.removeFirst() }
}
