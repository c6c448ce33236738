internal import Git
internal import Identifiers

/// A commit of the older wasmstore (irmin 3.9.0, `commit.ml` and `info.ml`).
struct PredecessorCommit: Equatable {
  /// Its folder.
  let root: PredecessorKey
  /// Its parents, sorted by key.
  let parents: [PredecessorKey]
  /// Seconds since 1970.
  let date: Int64
  let author: [UInt8]
  let message: [UInt8]

  /// Parses a commit's bytes; nil if they are not valid.
  init?(_ bytes: [UInt8]) {
    var reader = PredecessorBytes(bytes)
    guard let root = reader.key(), let count = reader.count(ofSize: PredecessorKey.byteCount) else {
      return nil
    }
    var parents: [PredecessorKey] = []
    for _ in 0..<count {
      guard let parent = reader.key() else { return nil }
      parents.append(parent)
    }
    guard let date = reader.seconds(), let author = reader.text(), let message = reader.text(),
      reader.remaining == 0
    else { return nil }
    (self.root, self.parents, self.date, self.author, self.message) = (root, parents, date, author, message)
  }
}

/// A converted commit: git's commit, with trailers for the data that git does not accept.
struct ConvertedCommit {
  /// The bytes of the object.
  let bytes: [UInt8]
  /// Whether the author's name was changed.
  let hasOtherAuthor: Bool
  /// Whether the date was.
  let hasOtherDate: Bool

  /// The beginning of the line of the message that names the old commit.
  static let trailer = "Predecessor-Commit: "

  /// Converts a commit.
  ///
  /// - Parameters:
  ///   - commit: The commit.
  ///   - key: Its old name.
  ///   - tree: The tree of its folder.
  ///   - parents: The new commits of its parents.
  ///   - missingParents: Missing parents.
  ///   - missingPaths: Paths that are missing in its tree, because they are damaged.
  init(
    _ commit: PredecessorCommit, named key: PredecessorKey, tree: ObjectID, parents: [ObjectID],
    missingParents: [PredecessorKey], missingPaths: [RawPath]
  ) {
    var trailers: [String] = []
    let name = ConvertedCommit.name(commit.author)
    let date = min(max(commit.date, 0), ConvertedCommit.lastDate)
    hasOtherAuthor = name != commit.author
    hasOtherDate = date != commit.date
    if hasOtherAuthor { trailers.append("Predecessor-Author: " + spelled(commit.author)) }
    if hasOtherDate { trailers.append("Predecessor-Date: \(commit.date)") }
    // In git, a message ends at a NUL.
    let message = commit.message.map { $0 == 0 ? 0x20 : $0 }
    if message != commit.message { trailers.append("Predecessor-Message: " + spelled(commit.message)) }
    trailers += missingParents.map { "Predecessor-Missing-Parent: \($0)" }
    trailers += missingPaths.map { "Predecessor-Missing-Path: " + $0.spelled }
    trailers.append(ConvertedCommit.trailer + key.hex)

    var bytes = Array("tree \(tree)\n".utf8)
    for parent in parents { bytes += Array("parent \(parent)\n".utf8) }
    for word in ["author ", "committer "] {
      bytes += Array(word.utf8) + name + Array(" <\(Author.standard.mail)> \(date) +0000\n".utf8)
    }
    bytes.append(0x0a)
    bytes += message
    if !message.isEmpty { bytes += Array("\n\n".utf8) }
    self.bytes = bytes + Array((trailers.joined(separator: "\n") + "\n").utf8)
  }

  /// A name that git accepts: not empty, without brackets, control characters, and surrounding spaces.
  private static func name(_ author: [UInt8]) -> [UInt8] {
    let isForbidden = { (byte: UInt8) in byte < 0x20 || byte == 0x7f || byte == 0x3c || byte == 0x3e }
    var name = author.filter { !isForbidden($0) }[...]
    while name.last == 0x20 { name.removeLast() }
    while name.first == 0x20 { name.removeFirst() }
    return name.isEmpty ? Array(Author.standard.name.utf8) : Array(name)
  }

  /// The end of 2099: some programs do not accept a later year.
  private static let lastDate: Int64 = 4_102_444_799
}
