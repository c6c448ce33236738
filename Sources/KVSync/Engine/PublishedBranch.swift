/// A published branch, which can be read and rolled back.
public struct PublishedBranch {
  private let heads: any HeadStore
  /// The name of the head.
  public let name: HeadName

  /// Names a branch.
  ///
  /// - Parameters:
  ///   - name: The name of its head.
  ///   - heads: The store of its head.
  public init(_ name: HeadName, in heads: any HeadStore) {
    self.name = name
    self.heads = heads
  }

  /// Reads the head.
  ///
  /// - Returns: The head, which has at least one revision.
  /// - Throws: `PublishError.unpublished`, and the errors of the head store.
  public func head() throws -> Head {
    let head = try heads.head(name)
    guard head.newest != nil else { throw PublishError.unpublished("\(name)") }
    return head
  }

  /// Reads the published revisions, the newest first.
  ///
  /// - Parameter limit: The maximum number of revisions.
  /// - Returns: The revisions.
  /// - Throws: The errors of the head store.
  public func log(limit: Int) throws -> [Head.Entry] {
    try heads.log(name, before: nil, limit: limit).entries
  }

  /// Goes back to an earlier revision, without uploading anything.
  ///
  /// - Parameters:
  ///   - revision: The revision; nil for the one before the currently served version.
  ///   - author: The person who does it.
  /// - Returns: The new revision.
  /// - Throws: `PublishError.nothingToRollBack`, `.moved`, `.belowFloor`, `.unknownRevision`, and the errors of the
  ///   head store.
  public func rollback(to revision: Int64?, by author: String) throws -> Head.Entry {
    let head = try head()
    guard let to = revision ?? head.rollbackTarget?.revision else {
      throw PublishError.nothingToRollBack("\(name)")
    }
    do {
      return try heads.rollback(
        HeadRollback(expecting: head.newest?.revision ?? 0, to: to, by: author), of: name)
    } catch let conflict as HeadConflict {
      switch conflict {
      case .moved, .pruned: throw PublishError.moved("\(name)")
      case .belowFloor: throw PublishError.belowFloor("\(name)", revision: to)
      case .unknownRevision: throw PublishError.unknownRevision("\(name)", revision: to)
      }
    }
  }
}
