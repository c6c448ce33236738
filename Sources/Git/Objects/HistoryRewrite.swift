public import Identifiers

/// Rewrites a history without some blobs: trees without their entries, and commits and tags that name the new
/// objects.
///
/// Objects without these blobs do not change and keep their ids. Signatures are removed, because they would no longer
/// be valid. Source: git's formats of trees, commits and tags (git-mktree, git-commit-tree, git-mktag).
public struct HistoryRewrite: ~Copyable {
  private let repository: Repository
  private let doomed: Set<ObjectID>
  private let write: ([UInt8], ObjectKind) throws(GitError) -> ObjectID
  /// The new trees; nil for a tree that has no entries left.
  private var trees: [ObjectID: ObjectID?] = [:]
  /// The commits that were rewritten, old and new.
  public private(set) var commits: [ObjectID: ObjectID] = [:]

  /// Starts a rewrite.
  ///
  /// - Parameters:
  ///   - repository: The repository with the objects.
  ///   - doomed: The blobs to remove.
  ///   - write: Writes each new object, and returns its id.
  public init(
    _ repository: Repository, without doomed: Set<ObjectID>,
    writing write: @escaping ([UInt8], ObjectKind) throws(GitError) -> ObjectID
  ) {
    (self.repository, self.doomed, self.write) = (repository, doomed, write)
  }

  /// Rewrites all commits that are reachable from some commits and that have one of the blobs, or descend from such a
  /// commit.
  public mutating func rewrite(upTo starts: [ObjectID]) throws(GitError) {
    var order: [ObjectID] = []
    try repository.walk(from: starts, order: .topological) { id in
      order.append(id)
      return true
    }
    for id in order.reversed() { try rewriteCommit(id) }
  }

  /// The replacement for the object that a reference names; nil if nothing is left of it.
  public mutating func successor(of id: ObjectID) throws(GitError) -> ObjectID? {
    if doomed.contains(id) { return nil }
    switch try repository.header(of: id).kind {
    case .commit: return commits[id] ?? id
    case .tree: return try tree(id)
    case .blob: return id
    case .tag: return try tag(id)
    }
  }

  /// A tree without the blobs; nil if it has no entry left.
  private mutating func tree(_ id: ObjectID) throws(GitError) -> ObjectID? {
    if let known = trees[id] { return known }
    let bytes = try repository.object(id, kind: .tree)
    var kept: [UInt8] = []
    var isChanged = false
    var start = 0
    while start < bytes.count {
      guard let nul = bytes[start...].firstIndex(of: 0), nul + ObjectID.byteCount < bytes.count,
        let entry = ObjectID(in: bytes, at: nul + 1)
      else { throw GitError(.damaged, "tree \(id) is cut off") }
      let end = nul + 1 + ObjectID.byteCount
      // 40000 is the mode of a directory; a submodule's commit is not in this repository.
      let isDirectory = bytes[start...].starts(with: "40000 ".utf8)
      let isSubmodule = bytes[start...].starts(with: "160000 ".utf8)
      var next: ObjectID? = entry
      if isDirectory {
        next = try tree(entry)
      } else if !isSubmodule, doomed.contains(entry) {
        next = nil
      }
      if let next {
        kept += bytes[start...nul]
        for index in 0..<ObjectID.byteCount { kept.append(next[byte: index]) }
      }
      isChanged = isChanged || next != entry
      start = end
    }
    var new: ObjectID? = id
    if isChanged, kept.isEmpty {
      new = nil
    } else if isChanged {
      new = try write(kept, .tree)
    }
    trees[id] = .some(new)
    return new
  }

  private mutating func rewriteCommit(_ id: ObjectID) throws(GitError) {
    let bytes = try repository.object(id, kind: .commit)
    let (header, body) = HistoryRewrite.split(bytes)
    var lines: [[UInt8]] = []
    var isChanged = false
    for line in header {
      switch line.reference {
      case ("tree", let old)?:
        let new: ObjectID
        if let left = try tree(old) { new = left } else { new = try write([], .tree) }
        isChanged = isChanged || new != old
        lines.append(Array("tree \(new.hex)".utf8))
      case ("parent", let old)?:
        let new = commits[old] ?? old
        isChanged = isChanged || new != old
        lines.append(Array("parent \(new.hex)".utf8))
      default:
        if !line.isSignature { lines.append(line.bytes) }
      }
    }
    guard isChanged else { return }
    let text = HistoryRewrite.joined(lines, HistoryRewrite.following(commits, in: body))
    commits[id] = try write(text, .commit)
  }

  /// A tag of the new object; nil if nothing is left of the object.
  private mutating func tag(_ id: ObjectID) throws(GitError) -> ObjectID? {
    let bytes = try repository.object(id, kind: .tag)
    let (header, body) = HistoryRewrite.split(bytes)
    var lines: [[UInt8]] = []
    var isChanged = false
    for line in header {
      guard case ("object", let old)? = line.reference else {
        if !line.isSignature { lines.append(line.bytes) }
        continue
      }
      guard let new = try successor(of: old) else { return nil }
      isChanged = isChanged || new != old
      lines.append(Array("object \(new.hex)".utf8))
    }
    guard isChanged else { return id }
    // A tag's signature is the end of its message.
    let signature = Array("\n-----BEGIN ".utf8)
    var message = body
    if let start = message.indices.first(where: { message[$0...].starts(with: signature) }) {
      message = Array(message[...start])
    }
    return try write(HistoryRewrite.joined(lines, message), .tag)
  }
}

/// A header of a commit or tag: a line with its continuation lines.
private struct HeaderLine {
  var bytes: [UInt8]

  /// The keyword of the header, and the object that it names; nil if it names none.
  var reference: (word: String, id: ObjectID)? {
    let parts = bytes.split(separator: 0x20, maxSplits: 1)
    guard parts.count == 2, let id = ObjectID(hexadecimalDigits: parts[1]) else { return nil }
    return (String(decoding: parts[0], as: UTF8.self), id)
  }

  var isSignature: Bool { bytes.starts(with: "gpgsig".utf8) }
}

extension HistoryRewrite {
  /// Splits an object's text into headers and the message with the empty line before it.
  private static func split(_ bytes: [UInt8]) -> (header: [HeaderLine], body: [UInt8]) {
    var header: [HeaderLine] = []
    var rest = bytes[...]
    while let end = rest.firstIndex(of: 0x0a), end > rest.startIndex {
      let line = Array(rest[..<end])
      if line.first == 0x20, !header.isEmpty {
        header[header.count - 1].bytes += [0x0a] + line
      } else {
        header.append(HeaderLine(bytes: line))
      }
      rest = rest[(end + 1)...]
    }
    return (header, Array(rest))
  }

  private static func joined(_ header: [[UInt8]], _ body: [UInt8]) -> [UInt8] {
    header.flatMap { $0 + [0x0a] } + body
  }

  /// A message in which lines `KEY: COMMIT`, such as those of rollbacks, name the rewritten commits.
  private static func following(_ commits: [ObjectID: ObjectID], in body: [UInt8]) -> [UInt8] {
    let lines = body.split(separator: 0x0a, omittingEmptySubsequences: false).map { line -> [UInt8] in
      guard let colon = line.firstIndex(of: 0x3a), line[colon...].count == 42,
        line.starts(with: "Wasmstore-".utf8), let old = ObjectID(hexadecimalDigits: line[(colon + 2)...]),
        let new = commits[old]
      else { return Array(line) }
      return Array(line[...(colon + 1)]) + Array(new.hex.utf8)
    }
    return Array(lines.joined(separator: [0x0a]))
  }
}
