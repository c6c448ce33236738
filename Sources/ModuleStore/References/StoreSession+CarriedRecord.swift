internal import FileSystem
internal import Git
internal import Identifiers
internal import SystemPackage

/// The operation record that plain git copies to a mirror, because a reference names it (Documentation/formats.md,
/// "Carried record").
extension StoreSession {
  /// The reference that names the newest lines.
  static let operationsReference = "refs/wasmstore/operations"

  /// The setting that asks for it.
  static let carriedRecordKey = "mirror.operations"

  private static let carriedSubject = "Operation record"

  /// Writes the lines of the record that no commit of the reference has to a commit, and moves the reference to it, if
  /// the setting asks for it. Called under the write lock, after an operation took place.
  ///
  /// A failure is only noted: the operation took place, and the next one writes its lines too.
  func carryRecord() {
    do throws(StoreError) {
      guard try setting(StoreSession.carriedRecordKey)?.value == "true" else { return }
      try addCarriedLines()
    } catch {
      work.note(.recordNotCarried(reason: "\(error)"))
    }
  }

  /// Deletes the reference. Called under the write lock, after the setting changed to false.
  func endCarriedRecord() throws(StoreError) {
    guard let tip = try objectID(of: StoreSession.operationsReference) else { return }
    try withStaleLocksRemoved { () throws(GitError) in
      try repository.delete(StoreSession.operationsReference, expected: tip)
    }
  }

  private func addCarriedLines() throws(StoreError) {
    let tip = try objectID(of: StoreSession.operationsReference)
    var (parents, lines): ([ObjectID], [UInt8]?) = ([], nil)
    if let tip {
      let last = try carriedLines(of: tip).lines.last
      (parents, lines) = ([tip], try last.flatMap { line throws(StoreError) in try record.text(after: line) })
    }
    // If the record is not the one whose lines were carried, all of it is carried anew.
    if lines == nil { (parents, lines) = ([], try record.text()) }
    guard let lines, !lines.isEmpty else { return }
    let signature = try author.signature(at: options.recordClock())
    let message = StoreSession.carriedSubject + "\n\n" + String(decoding: lines, as: UTF8.self)
    let objects = ObjectSink(looseObjects)
    let commit = try translated { () throws(GitError) in
      let tree = try objects.write(RawSpan(), kind: .tree)
      let bytes = Git.Commit.encode(
        tree: tree, parents: parents, author: signature, committer: signature, message: message)
      let commit = try objects.write(bytes.span.bytes, kind: .commit)
      try objects.finish(with: []) {}
      return commit
    }
    try withStaleLocksRemoved { () throws(GitError) in
      try repository.update(
        StoreSession.operationsReference, from: tip, to: commit, message: Operation.logMark + "operations")
    }
  }

  /// Reads the lines in one commit, and its parent.
  private func carriedLines(
    of id: ObjectID
  ) throws(StoreError) -> (lines: [ArraySlice<UInt8>], parent: ObjectID?) {
    let commit = try translated { () throws(GitError) in try repository.commit(id) }
    return (Array(commit.message.utf8).split(separator: 0x0a).dropFirst().map { $0 }, commit.parents.first)
  }

  /// Returns the record that plain git copied to a mirror. Empty if there is none, and in a store, which has its own
  /// file.
  ///
  /// - Throws: `StoreError` if a commit of the reference cannot be read.
  func carriedRecord() throws(StoreError) -> [UInt8] {
    guard try version() == nil else { return [] }
    var next = try objectID(of: StoreSession.operationsReference)
    var lines: [ArraySlice<UInt8>] = []
    while let id = next {
      let (found, parent) = try carriedLines(of: id)
      lines += found.reversed()
      next = parent
    }
    return Array(lines.reversed().map { $0 + [0x0a] }.joined())
  }

  /// Writes the record of a mirror to the store's file. Called under the write lock, before the file with the settings
  /// gets the format version.
  func adoptRecord() throws(StoreError) {
    guard try !translated({ () throws(FileError) in try fileExists(layout.operations) }) else { return }
    let bytes = try carriedRecord()
    guard !bytes.isEmpty else { return }
    try record.write(bytes, draftsIn: layout.temporary)
  }
}
