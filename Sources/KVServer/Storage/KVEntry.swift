/// What is known of a value besides its bytes.
struct KVEntry: Hashable, Sendable {
  /// The key, which is valid UTF-8.
  let key: [UInt8]
  /// The metadata as JSON text; nil where there is none.
  let metadata: [UInt8]?
  /// When it ceases to be, in seconds since 1970; nil for never.
  let expiration: Int?
  /// The length of the value in bytes.
  let size: Int
}

/// A value that is to be stored.
struct KVNewEntry: Sendable {
  var key: [UInt8]
  var value: KVContent
  var metadata: [UInt8]?
  var expiration: Int?
}

/// The bytes of a value that is to be stored.
enum KVContent: Sendable {
  /// In memory, in pieces of `pieceLength`, the last one shorter.
  case pieces([[UInt8]])
  /// In the database, where no key names them yet.
  case staged(StagedContent)

  /// The bytes in one row: what is read and written at a time.
  static let pieceLength = 1 << 20

  /// Cuts bytes into pieces.
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

/// Bytes in the database that no key names yet.
struct StagedContent: Hashable, Sendable {
  let id: Int
  let size: Int
}
