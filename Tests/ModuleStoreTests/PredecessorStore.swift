import Identifiers
import Support
import SystemPackage

@testable import ModuleStore

/// Writes files in the format of the older wasmstore, byte by byte.
struct PredecessorStore {
  let root: FilePath

  init(at root: FilePath) throws {
    self.root = root
    try run(["mkdir", "-p", "\(root)/objects", "\(root)/tmp"])
  }

  func module(_ bytes: [UInt8]) throws -> PredecessorKey { try write(bytes, PredecessorKey(of: bytes)) }

  /// Names with a trailing slash are folders.
  func folder(_ entries: [String: PredecessorKey]) throws -> PredecessorKey {
    var bytes = PredecessorStore.number(entries.count)
    let items = entries.map { name, key in
      (
        name: Array((name.hasSuffix("/") ? name.dropLast() : name[...]).utf8), isFolder: name.hasSuffix("/"),
        key: key
      )
    }
    for item in items.sorted(by: { $1.name.lexicographicallyPrecedes($0.name) }) {
      bytes += [item.isFolder ? 0 : 1] + PredecessorStore.text(item.name) + item.key.bytes
    }
    return try write(bytes, PredecessorKey(of: Array("N".utf8) + bytes))
  }

  func commit(
    _ root: PredecessorKey, after parents: [PredecessorKey] = [], date: Int64 = 1_700_000_000,
    author: String = "wasmstore", _ message: String
  ) throws -> PredecessorKey {
    var bytes = root.bytes + PredecessorStore.number(parents.count) + parents.sorted().flatMap(\.bytes)
    bytes += withUnsafeBytes(of: date.bigEndian) { Array($0) }
    bytes += PredecessorStore.text(Array(author.utf8)) + PredecessorStore.text(Array(message.utf8))
    return try write(bytes, PredecessorKey(of: Array("C".utf8) + bytes))
  }

  func branch(_ name: String, _ commit: PredecessorKey) throws { try file("refs/\(name)", commit.bytes) }

  func file(_ name: String, _ bytes: [UInt8]) throws {
    let path = root.appending(name)
    try run(["mkdir", "-p", path.removingLastComponent().string])
    let file = try FileDescriptor.open(
      path, .writeOnly, options: [.create, .truncate], permissions: .ownerReadWrite)
    try file.closeAfter { _ = try file.writeAll(bytes) }
  }

  func place(of key: PredecessorKey) -> String { "objects/\(key.hex.prefix(2))/\(key.hex.dropFirst(2))" }

  private func write(_ bytes: [UInt8], _ key: PredecessorKey) throws -> PredecessorKey {
    try file(place(of: key), bytes)
    return key
  }

  private static func number(_ number: Int) -> [UInt8] {
    var (rest, bytes) = (number, [UInt8]())
    while rest >= 128 {
      bytes.append(UInt8(128 | rest & 127))
      rest >>= 7
    }
    return bytes + [UInt8(rest)]
  }

  private static func text(_ bytes: [UInt8]) -> [UInt8] { number(bytes.count) + bytes }
}
