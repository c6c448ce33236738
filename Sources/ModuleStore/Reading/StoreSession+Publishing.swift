internal import Catalog
internal import Crypto
internal import FileSystem
internal import Git
public import Identifiers

/// A commit to publish. No gc deletes its objects while the value exists.
public final class PublishedCommit {
  /// The commit.
  public let commit: Commit
  /// Its tree, in hexadecimal.
  public var tree: String { commit.tree.hex }
  /// Protects the objects from a gc; nil if the store is read-only.
  private let pins: Pins?

  init(_ commit: Commit, _ pins: Pins?) {
    self.commit = commit
    self.pins = pins
  }
}

/// A file to publish, with its content.
public struct FileContent: Hashable, Sendable {
  /// The bytes of the path, without a leading slash.
  public let path: [UInt8]
  /// The SHA-256 of the content.
  public let digest: ModuleDigest
  /// The number of bytes.
  public let size: Int
  /// Whether it is WebAssembly.
  public let isModule: Bool
  /// The time of its last change, in seconds since 1970; nil for a file of a commit.
  public let modified: Int64?
  /// The blob; nil for a file that is in no store.
  let blob: ObjectID?

  init(path: [UInt8], digest: ModuleDigest, size: Int, isModule: Bool, blob: ObjectID) {
    (self.path, self.digest, self.size, self.isModule) = (path, digest, size, isModule)
    self.blob = blob
    modified = nil
  }

  /// Describes a file that is in no store.
  public init(path: [UInt8], digest: ModuleDigest, size: Int, isModule: Bool, modified: Int64) {
    (self.path, self.digest, self.size, self.isModule) = (path, digest, size, isModule)
    self.modified = modified
    blob = nil
  }
}

/// The files to publish, or those that differ from the previous ones.
public struct FileContents: Sendable {
  /// All files, or the changed ones.
  public var files: [FileContent] = []
  /// The removed paths.
  public var removed: [[UInt8]] = []
  /// Links and submodules, which have no content.
  public var skipped: [RawPath] = []

  /// Creates an empty set.
  public init() {}
}

extension StoreSession {
  /// Finds the branch's present commit, or a revision, and protects it from deletion.
  ///
  /// - Parameter revision: The revision; nil for the branch's head.
  /// - Returns: The commit.
  /// - Throws: `StoreError.noCommits`, and the errors of the revision.
  public func commitToPublish(_ revision: String? = nil) throws(StoreError) -> PublishedCommit {
    let mayPin = mayWrite(into: root)
    return try whileNothingIsDeleted(unless: !mayPin) { () throws(StoreError) in
      let id = try existingCommit(revision)
      return PublishedCommit(try commit(id), mayPin ? try Pins([id.object], in: self) : nil)
    }
  }

  /// The files of a commit.
  ///
  /// - Throws: `StoreError.damaged`, `.cancelled`.
  public func files(of published: PublishedCommit) throws(StoreError) -> FileContents {
    var contents = FileContents()
    var blobs: [(path: [UInt8], blob: ObjectID)] = []
    try translated { () throws(GitError) in
      try repository.walkFiles(below: published.commit.tree) { file in
        switch file.mode {
        case .file, .executable: blobs.append((file.path, file.id))
        case .symlink, .submodule, .directory: contents.skipped.append(RawPath([0x2f] + file.path))
        }
        return true
      }
    }
    contents.files = try describe(blobs)
    return contents
  }

  /// The files that differ between a commit and another tree; nil if that tree is not in the store.
  ///
  /// - Parameters:
  ///   - published: The commit.
  ///   - tree: The other tree, in hexadecimal.
  /// - Returns: The differences.
  /// - Throws: `StoreError.damaged`, `.cancelled`.
  public func files(
    of published: PublishedCommit, since tree: String
  ) throws(StoreError) -> FileContents? {
    guard let tree = ObjectID(hex: tree), repository.contains(tree) else { return nil }
    var contents = FileContents()
    var blobs: [(path: [UInt8], blob: ObjectID)] = []
    try translated { () throws(GitError) in
      try repository.compare(tree, published.commit.tree) { difference in
        let path = Array(difference.path.joined(separator: [0x2f]))
        switch difference.new?.mode {
        case .file?, .executable?: if let new = difference.new { blobs.append((path, new.id)) }
        case .symlink?, .submodule?, .directory?:
          contents.skipped.append(RawPath([0x2f] + path))
          if difference.old != nil { contents.removed.append(path) }
        case nil: contents.removed.append(path)
        }
      }
    }
    contents.files = try describe(blobs)
    return contents
  }

  /// Reads the content of a file of the store.
  ///
  /// - Throws: `StoreError.damaged` if the bytes do not match the digest.
  public func bytes(of content: FileContent) throws(StoreError) -> [UInt8] {
    guard let blob = content.blob else { throw .damaged("\(content.digest) is not in the store") }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(content.size)
    try forEachChunk(ofBlob: blob) { (chunk) throws(StoreError) in
      try work.check()
      for index in chunk.byteOffsets { bytes.append(chunk.unsafeLoad(fromByteOffset: index, as: UInt8.self)) }
    }
    guard ModuleDigest(of: bytes) == content.digest else {
      throw .damaged("the content does not match \(content.digest)")
    }
    return bytes
  }

  /// Returns whether the history of a commit contains another commit, or a commit with a tree, along its first parents.
  ///
  /// - Parameters:
  ///   - published: The commit.
  ///   - commit: The other commit, in hexadecimal; nil if it is not known.
  ///   - tree: The tree, in hexadecimal; nil if it is not known.
  /// - Returns: Whether it contains one of them.
  /// - Throws: `StoreError.damaged`.
  public func history(
    of published: PublishedCommit, holds commit: String?, orTree tree: String?
  ) throws(StoreError) -> Bool {
    let (commit, tree) = (commit.flatMap { ObjectID(hex: $0) }, tree.flatMap { ObjectID(hex: $0) })
    if let commit, repository.contains(commit) {
      let isThere = try translated { () throws(GitError) in
        try repository.isAncestor(commit, of: published.commit.id.object)
      }
      if isThere { return true }
    }
    var found = false
    try translated { () throws(GitError) in
      try repository.walkFirstParents(from: published.commit.id.object) { step in
        found = step.tree == tree || step.id == commit
        return !found
      }
    }
    return found
  }

  private func sha256(ofBlob blob: ObjectID) throws(StoreError) -> ModuleDigest {
    var digest = SHA256()
    try forEachChunk(ofBlob: blob) { (chunk) throws(StoreError) in
      try work.check()
      digest.update(chunk)
    }
    return ModuleDigest(digest.finalize())
  }

  /// Determines the contents of blobs.
  private func describe(_ blobs: [(path: [UInt8], blob: ObjectID)]) throws(StoreError) -> [FileContent] {
    var known = try blobContents(of: Set(blobs.lazy.map(\.blob)))
    return try blobs.map { file throws(StoreError) in
      guard let place = known.place(of: file.blob) else {
        throw .damaged("the hash of \(file.blob) is unknown")
      }
      let digest: ModuleDigest
      if let known = known[place].digest {
        digest = known
      } else {
        // Nothing is recorded about blobs that are not modules.
        digest = try sha256(ofBlob: file.blob)
        known[place].digest = digest
      }
      return FileContent(
        path: file.path, digest: digest, size: known[place].size, isModule: known[place].isModule,
        blob: file.blob)
    }
  }

  private func blobContents(of blobs: consuming Set<ObjectID>) throws(StoreError) -> BlobContents {
    var contents: [BlobContents.Content] = []
    contents.reserveCapacity(blobs.count)
    try forEachFacts(ofBlobs: blobs) { blob, facts in
      contents.append(
        BlobContents.Content(
          blob: blob, digest: facts.digest, size: facts.size, isModule: facts.digest != nil))
      return true
    }
    // Sorted here, where nothing else refers to the array, so that it is not copied.
    contents.sort { $0.blob < $1.blob }
    return BlobContents(contents)
  }
}

/// The contents of blobs, ordered by id: with many files a dictionary takes several times the memory.
private struct BlobContents {
  struct Content {
    let blob: ObjectID
    /// The digest; nil until it is known.
    var digest: ModuleDigest?
    let size: Int
    let isModule: Bool
  }

  private var contents: [Content]

  /// - Parameter contents: The contents, ordered by id.
  init(_ contents: [Content]) { self.contents = contents }

  subscript(place: Int) -> Content {
    get { contents[place] }
    set { contents[place] = newValue }
  }

  /// The index of a blob; nil if nothing is known about it.
  func place(of blob: ObjectID) -> Int? {
    var range = contents.startIndex..<contents.endIndex
    while !range.isEmpty {
      let middle = range.lowerBound + range.count / 2
      if contents[middle].blob == blob { return middle }
      range =
        contents[middle].blob < blob ? middle + 1..<range.upperBound : range.lowerBound..<middle
    }
    return nil
  }
}
