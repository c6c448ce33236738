public import Identifiers

/// The kinds of tree entries in git.
public enum EntryMode: UInt32, Hashable, Sendable {
  case directory = 0o040000
  case file = 0o100644
  case executable = 0o100755
  case symlink = 0o120000
  case submodule = 0o160000
}

/// One entry of a tree.
public struct TreeEntry: Hashable, Sendable {
  /// The name's bytes: no slash, no NUL; any encoding.
  public let name: [UInt8]
  /// The kind of the entry.
  public let mode: EntryMode
  /// The object it names.
  public let id: ObjectID

  /// Makes an entry from its parts.
  public init(name: [UInt8], mode: EntryMode, id: ObjectID) {
    self.name = name
    self.mode = mode
    self.id = id
  }
}

/// A directory of a commit: its entries in git's order.
public struct Tree: Hashable, Sendable {
  /// The object's bytes: for each entry the octal mode, a space, the name, NUL, and the 20 bytes of the id.
  public let bytes: [UInt8]

  /// The tree without entries.
  public static let empty = Tree(bytes: [])

  /// Takes the bytes of a tree object, which are parsed when they are needed.
  public init(bytes: [UInt8]) { self.bytes = bytes }

  /// The entries in git's order.
  ///
  /// - Throws: `GitError` with `.damaged` if the bytes are not a tree.
  public func entries() throws(GitError) -> [TreeEntry] {
    var entries: [TreeEntry] = []
    var offset = 0
    while offset < bytes.count {
      let field = try field(at: offset)
      entries.append(try entry(field))
      offset = field.end
    }
    return entries
  }

  /// Passes the kind and the object of each entry, without its name.
  ///
  /// - Throws: `GitError` with `.damaged` if the bytes are not a tree.
  func forEachLink(_ body: (EntryMode, ObjectID) -> Void) throws(GitError) {
    var offset = 0
    while offset < bytes.count {
      let field = try field(at: offset)
      body(try mode(field), try id(field))
      offset = field.end
    }
  }

  /// The positions of the entries in the bytes, and their names.
  ///
  /// - Throws: `GitError` with `.damaged` if the bytes are not a tree.
  func extents() throws(GitError) -> [(all: Range<Int>, name: Range<Int>)] {
    var extents: [(all: Range<Int>, name: Range<Int>)] = []
    var offset = 0
    while offset < bytes.count {
      let field = try field(at: offset)
      extents.append((field.range, field.name))
      offset = field.end
    }
    return extents
  }

  /// The entries, each at the path that consists of a prefix and its name, the last by name first.
  ///
  /// The order of the names' bytes differs from git's if a name is a prefix of a directory's name.
  func entriesFromLast(prefix: [UInt8]) throws(GitError) -> [TreeFile] {
    var fields: [Field] = []
    var offset = 0
    while offset < bytes.count {
      fields.append(try field(at: offset))
      offset = fields[fields.count - 1].end
    }
    fields.sort { name($0, precedes: $1) }
    var files: [TreeFile] = []
    files.reserveCapacity(fields.count)
    for field in fields.reversed() {
      files.append(TreeFile(path: prefix + bytes[field.name], mode: try mode(field), id: try id(field)))
    }
    return files
  }

  private func name(_ left: Field, precedes right: Field) -> Bool {
    for (one, other) in zip(left.name, right.name) where bytes[one] != bytes[other] {
      return bytes[one] < bytes[other]
    }
    return left.name.count < right.name.count
  }

  /// The entries that differ between two trees, each side in the order of the names' bytes.
  ///
  /// Equal entries, which are most of them after a small change, are skipped without being created.
  static func differing(_ left: Tree, _ right: Tree) throws(GitError) -> (
    left: [TreeEntry], right: [TreeEntry]
  ) {
    var ones: [TreeEntry] = []
    var others: [TreeEntry] = []
    var one = try left.firstField
    var other = try right.firstField
    while one != nil || other != nil {
      if let first = one, let second = other {
        // Entries that are completely within the equal bytes are equal on both sides: the end of an entry on one side
        // is its end on the other.
        let distance = second.start - first.start
        let end = first.start + left.equalCount(from: first.start, right, from: second.start)
        while let field = one, field.end <= end { one = try left.field(after: field) }
        let start = (one?.start ?? left.bytes.count) + distance
        if start > second.start {
          other = start < right.bytes.count ? try right.field(at: start) : nil
          continue
        }
      }
      let order = one.map { first in other.map { left.order(of: first, against: $0, in: right) } ?? -1 } ?? 1
      let first = try order <= 0 ? one.map { field throws(GitError) in try left.entry(field) } : nil
      let second = try order >= 0 ? other.map { field throws(GitError) in try right.entry(field) } : nil
      // Entries can be equal although their bytes differ: git treats several modes as one.
      if first != second {
        if let first { ones.append(first) }
        if let second { others.append(second) }
      }
      if first != nil { one = try one.flatMap { field throws(GitError) in try left.field(after: field) } }
      if second != nil {
        other = try other.flatMap { field throws(GitError) in try right.field(after: field) }
      }
    }
    return (
      ones.sorted { $0.name.lexicographicallyPrecedes($1.name) },
      others.sorted { $0.name.lexicographicallyPrecedes($1.name) }
    )
  }

  /// The number of equal bytes in two trees from a position in each.
  private func equalCount(from start: Int, _ other: Tree, from otherStart: Int) -> Int {
    bytes.withUnsafeBytes { bytes in
      other.bytes.withUnsafeBytes { otherBytes in
        let one = UnsafeRawBufferPointer(rebasing: bytes[start...])
        let two = UnsafeRawBufferPointer(rebasing: otherBytes[otherStart...])
        let limit = min(one.count, two.count)
        var count = 0
        // Eight bytes at a time: this skips everything that a commit did not change.
        while count + 8 <= limit,
          one.loadUnaligned(fromByteOffset: count, as: UInt64.self)
            == two.loadUnaligned(fromByteOffset: count, as: UInt64.self)
        {
          count += 8
        }
        while count < limit, one[count] == two[count] { count += 1 }
        return count
      }
    }
  }

  /// The entry with that name; nil if there is none.
  public func entry(named name: some Collection<UInt8>) throws(GitError) -> TreeEntry? {
    var offset = 0
    while offset < bytes.count {
      let field = try field(at: offset)
      if field.name.count == name.count, bytes[field.name].elementsEqual(name) { return try entry(field) }
      offset = field.end
    }
    return nil
  }

  /// The position of one entry in the bytes.
  private struct Field {
    let start: Int
    let mode: UInt32
    let name: Range<Int>
    let end: Int

    var range: Range<Int> { start..<end }
    var isDirectory: Bool { mode & 0o170000 == 0o040000 }
  }

  private var firstField: Field? {
    get throws(GitError) { bytes.isEmpty ? nil : try field(at: 0) }
  }

  private func field(after field: Field) throws(GitError) -> Field? {
    field.end < bytes.count ? try self.field(at: field.end) : nil
  }

  /// The order of an entry relative to one of another tree in git's order: below, equal to or above 0.
  private func order(of field: Field, against other: Field, in tree: Tree) -> Int {
    let shared = min(field.name.count, other.name.count)
    for index in 0..<shared {
      let byte = bytes[field.name.lowerBound + index]
      let otherByte = tree.bytes[other.name.lowerBound + index]
      if byte != otherByte { return Int(byte) - Int(otherByte) }
    }
    return byte(of: field, at: shared) - tree.byte(of: other, at: shared)
  }

  private func byte(of field: Field, at index: Int) -> Int {
    index < field.name.count ? Int(bytes[field.name.lowerBound + index]) : field.isDirectory ? 0x2f : 0
  }

  private func field(at start: Int) throws(GitError) -> Field {
    var mode: UInt32 = 0
    var offset = start
    while offset < bytes.count, bytes[offset] != 0x20 {
      guard (0x30...0x37).contains(bytes[offset]), offset - start < 7 else { throw damaged }
      mode = mode << 3 | UInt32(bytes[offset] - 0x30)
      offset += 1
    }
    let nameStart = offset + 1
    guard nameStart <= bytes.count, let nameEnd = bytes[nameStart...].firstIndex(of: 0) else { throw damaged }
    let end = nameEnd + 1 + ObjectID.byteCount
    guard end <= bytes.count, nameEnd > nameStart else { throw damaged }
    return Field(start: start, mode: mode, name: nameStart..<nameEnd, end: end)
  }

  private func entry(_ field: Field) throws(GitError) -> TreeEntry {
    TreeEntry(name: Array(bytes[field.name]), mode: try mode(field), id: try id(field))
  }

  private func mode(_ field: Field) throws(GitError) -> EntryMode {
    guard let mode = EntryMode(bits: field.mode) else { throw damaged }
    return mode
  }

  private func id(_ field: Field) throws(GitError) -> ObjectID {
    guard let id = ObjectID(in: bytes, at: field.end - ObjectID.byteCount) else { throw damaged }
    return id
  }

  private var damaged: GitError { GitError(.damaged, "a tree is malformed") }
}

extension EntryMode {
  /// Parses a mode as git does: by the file type, then by the owner's executable bit. Old trees have other modes,
  /// such as 100664.
  public init?(bits mode: UInt32) {
    switch mode & 0o170000 {
    case 0o040000: self = .directory
    case 0o100000: self = mode & 0o100 != 0 ? .executable : .file
    case 0o120000: self = .symlink
    case 0o160000: self = .submodule
    default: return nil
    }
  }
}

extension Tree {
  /// Writes entries in git's order.
  package init(entries: some Sequence<TreeEntry>) {
    var bytes: [UInt8] = []
    for entry in entries.sorted(by: TreeEntry.precedes) { Tree.append(entry, to: &bytes) }
    self.init(bytes: bytes)
  }

  /// The tree with the entries of some names replaced; the other bytes do not change.
  func replacing(_ names: some Collection<[UInt8]>, with entries: [TreeEntry]) throws(GitError) -> Tree {
    let names = Set(names)
    var items: [(entry: TreeEntry, bytes: Range<Int>?)] = entries.map { ($0, nil) }
    var next = try firstField
    while let field = next {
      let entry = try entry(field)
      if !names.contains(entry.name) { items.append((entry, field.range)) }
      next = try self.field(after: field)
    }
    var written: [UInt8] = []
    written.reserveCapacity(bytes.count)
    for item in items.sorted(by: { TreeEntry.precedes($0.entry, $1.entry) }) {
      if let range = item.bytes { written += bytes[range] } else { Tree.append(item.entry, to: &written) }
    }
    return Tree(bytes: written)
  }

  private static func append(_ entry: TreeEntry, to bytes: inout [UInt8]) {
    bytes += Array(String(entry.mode.rawValue, radix: 8).utf8)
    bytes.append(0x20)
    bytes += entry.name
    bytes.append(0)
    bytes += entry.id.bytes
  }
}

extension TreeEntry {
  /// Git's order: by bytes, with a slash added to the names of directories.
  static func precedes(_ left: TreeEntry, _ right: TreeEntry) -> Bool {
    let shared = min(left.name.count, right.name.count)
    for index in 0..<shared where left.name[index] != right.name[index] {
      return left.name[index] < right.name[index]
    }
    return left.byte(at: shared) < right.byte(at: shared)
  }

  private func byte(at index: Int) -> UInt8 {
    index < name.count ? name[index] : mode == .directory ? 0x2f : 0
  }
}
