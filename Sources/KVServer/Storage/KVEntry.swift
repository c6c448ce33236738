/// A key with the properties of its value, without the bytes of the value.
struct KVEntry: Hashable, Sendable {
  /// The key, which is valid UTF-8.
  let key: [UInt8]
  /// The metadata as JSON; nil if there is none.
  let metadata: [UInt8]?
  /// The time when the value expires, in seconds since 1970; nil for never.
  let expiration: Int?
  /// The length of the value in bytes.
  let size: Int
}

/// A value to store.
struct KVNewEntry: Sendable {
  var key: [UInt8]
  var value: KVContent
  var metadata: [UInt8]?
  var expiration: Int?
}

/// The bytes of a value to store.
enum KVContent: Sendable {
  /// The bytes in memory, in pieces of `pieceLength`; the last one may be shorter.
  case pieces([[UInt8]])
  /// The bytes are already in the database, but no key refers to them yet.
  case staged(StagedContent)

  /// The number of bytes in one row of the database, which is read and written at a time.
  static let pieceLength = 1 << 20

  /// Splits bytes into pieces.
  init(_ bytes: some RandomAccessCollection<UInt8>) {
    var (rest, pieces) = (bytes[...], [[UInt8]]())
    while !rest.isEmpty {
      pieces.append(Array(rest.prefix(KVContent.pieceLength)))
      rest = rest.dropFirst(KVContent.pieceLength)
    }
    self = .pieces(pieces)
  }

  /// The length in bytes.
  var size: Int {
    switch self {
    case .pieces(let pieces): pieces.reduce(0) { $0 + $1.count }
    case .staged(let content): content.size
    }
  }
}

/// Bytes in the database that no key refers to yet.
struct StagedContent: Hashable, Sendable {
  let id: Int
  let size: Int
}
