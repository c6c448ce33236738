internal import Crypto
internal import Identifiers

/// A folder of the older wasmstore (irmin 3.9.0, `node.ml`).
struct PredecessorNode: Equatable {
  /// The kind of an entry.
  enum Kind: Equatable {
    case folder
    case module
  }

  /// A name and its target.
  struct Entry: Equatable {
    let name: [UInt8]
    let kind: Kind
    let key: PredecessorKey
  }

  /// The entries, in the order in which they are stored.
  let entries: [Entry]

  init(entries: [Entry]) { self.entries = entries }

  /// Parses a folder's bytes; nil if they are not valid.
  init?(_ bytes: [UInt8]) {
    var reader = PredecessorBytes(bytes)
    // A kind, the length of a name, and a key.
    guard let count = reader.count(ofSize: 2 + PredecessorKey.byteCount) else { return nil }
    var entries: [Entry] = []
    entries.reserveCapacity(count)
    for _ in 0..<count {
      guard let tag = reader.number(), let name = reader.text(), let key = reader.key() else { return nil }
      switch tag {
      case 0: entries.append(Entry(name: name, kind: .folder, key: key))
      // The metadata of contents is always empty here.
      case 1, 2: entries.append(Entry(name: name, kind: .module, key: key))
      // Forms of which only a hash is stored are not files.
      default: return nil
      }
    }
    guard reader.remaining == 0 else { return nil }
    self.entries = entries
  }

  /// The bytes from which the key is computed: names in descending order.
  var encoded: [UInt8] {
    var bytes = PredecessorBytes.encode(entries.count)
    for entry in entries.sorted(by: { $1.name.lexicographicallyPrecedes($0.name) }) {
      bytes.append(entry.kind == .folder ? 0 : 1)
      bytes += PredecessorBytes.encode(entry.name.count) + entry.name + entry.key.bytes
    }
    return bytes
  }
}

extension PredecessorKey {
  /// The prefix of a folder's bytes in the computation of its key.
  static let folderMark = UInt8(ascii: "N")
  /// The prefix of a commit's bytes.
  static let commitMark = UInt8(ascii: "C")

  /// The key of a folder or a commit.
  init(mark: UInt8, _ bytes: [UInt8]) {
    var hash = SHA256()
    hash.update([mark].span.bytes)
    hash.update(bytes.span.bytes)
    self.init(hash.finalize())
  }
}
