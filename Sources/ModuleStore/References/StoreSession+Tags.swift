internal import Git
internal import Identifiers

/// A fixed name for a commit.
public struct Tag: Hashable, Sendable {
  /// Its name.
  public let name: TagName
  /// The commit.
  public let commit: CommitID
  /// The message of an annotated tag; nil for a plain one.
  public let message: String?
  /// The author of an annotated tag; nil for a plain one, unless the author was requested and is in the record.
  public internal(set) var maker: Author?
  /// The time of its creation.
  public internal(set) var time: Timestamp?
}

extension StoreSession {
  /// The tags that lead to commits, sorted by name.
  ///
  /// - Parameter consultingRecord: Whether to read the authors and times of plain tags from the operation record.
  /// - Returns: The tags.
  /// - Throws: `StoreError` if they cannot be read.
  public func tags(consultingRecord: Bool = false) throws(StoreError) -> [Tag] {
    var tags = try presentTags()
    guard consultingRecord, tags.contains(where: { $0.maker == nil }) else { return tags }
    var makings: [String: Operation] = [:]
    for operation in try finishedOperations() {
      for move in operation.moves where move.name.hasPrefix("refs/tags/") {
        makings[move.name] = move.after == nil ? nil : operation
      }
    }
    for index in tags.indices where tags[index].maker == nil {
      let name = tags[index].name.reference
      guard let making = makings[name],
        making.moves.contains(where: { $0.name == name && $0.after == tags[index].commit.hex })
      else { continue }
      tags[index].maker = Author(name: making.author, mail: making.mail ?? "")
      tags[index].time = making.time
    }
    return tags
  }

  private func presentTags() throws(StoreError) -> [Tag] {
    try translated { () throws(GitError) in
      var tags: [Tag] = []
      for reference in try repository.references(withPrefix: "refs/tags/") {
        guard let name = TagName(reference: reference.name), case .object(let id) = reference.target,
          let commit = try repository.commitID(peeling: id)
        else { continue }
        let tagger = try repository.tagger(id)
        tags.append(
          Tag(
            name: name, commit: CommitID(commit), message: try repository.tagMessage(id),
            maker: tagger.map { Author($0) }, time: tagger.map { Timestamp(seconds: $0.seconds) }))
      }
      return tags
    }
  }

  /// Tags a commit; the branch's head if no revision is given.
  ///
  /// `message`: Makes an annotated tag, which also contains its author and time.
  ///
  /// - Throws: `StoreError.tagExists`, `.invalidName` if it conflicts with another tag's name, and errors of the
  ///   revision.
  public func createTag(
    _ name: TagName, at revision: String? = nil, message: String? = nil, dryRun: Bool = false
  ) throws(StoreError) {
    try whileNothingIsDeleted(unless: dryRun) { () throws(StoreError) in
      try makeTag(name, at: revision, message: message, dryRun: dryRun)
    }
  }

  private func makeTag(
    _ name: TagName, at revision: String?, message: String?, dryRun: Bool
  ) throws(StoreError) {
    if try mendTag(name, at: revision, dryRun: dryRun) { return }
    guard try objectID(of: name.reference) == nil else { throw .tagExists(name) }
    try refuseClash(of: name.reference)
    let commit = try existingCommit(revision)
    guard !dryRun else { return }
    var target = commit.object
    if let message {
      let author = try author
      let text =
        "object \(commit.hex)\ntype commit\ntag \(name)\n"
        + "tagger \(author.name) <\(author.mail)> \(work.now().seconds) +0000\n\n\(message)\n"
      target = try translated { () throws(GitError) in
        let id = try looseObjects.write(Array(text.utf8).span.bytes, kind: .tag)
        try repository.refresh()
        return id
      }
    }
    do throws(StoreError) {
      try moveReferences(
        [ReferenceMove(name: name.reference, before: nil, after: target)], command: "tag \(name)")
    } catch .branchMoved {
      throw .tagExists(name)
    }
  }

  /// Restores the value of a broken tag, if it leads to the revision; returns whether it did.
  private func mendTag(_ name: TagName, at revision: String?, dryRun: Bool) throws(StoreError) -> Bool {
    guard let revision, try isBroken(name.reference), let last = try currentOrLast(name.reference),
      let target = ObjectID(hex: last),
      try translated({ () throws(GitError) in try repository.commitID(peeling: target) })
        == resolve(revision).object
    else { return false }
    guard !dryRun else { return true }
    try moveReferences(
      [ReferenceMove(name: name.reference, before: target, after: target)], command: "tag \(name) \(revision)"
    )
    return true
  }

  /// Deletes a tag; `undo` restores it.
  ///
  /// - Throws: `StoreError.tagNotFound`.
  public func deleteTag(_ name: TagName, dryRun: Bool = false) throws(StoreError) {
    try whileNothingIsDeleted(unless: dryRun) { () throws(StoreError) in
      guard let target = try objectID(of: name.reference) else { throw .tagNotFound(name) }
      guard !dryRun else { return }
      try moveReferences(
        [ReferenceMove(name: name.reference, before: target, after: nil)], command: "tag --delete \(name)")
    }
  }
}
