/// Looks at what is published, and goes back.
public struct PublishedBranch {
  private let heads: any HeadStore
  /// The name of the head.
  public let name: HeadName

  /// Names a branch.
  ///
  /// - Parameters:
  ///   - name: The name of its head.
  ///   - heads: Where it is published.
  public init(_ name: HeadName, in heads: any HeadStore) {
    self.name = name
    self.heads = heads
  }

  /// Reads the head.
  ///
  /// - Returns: The head, which has a revision.
  /// - Throws: `PublishError.unpublished`, and what the store of heads throws.
  public func head() throws -> Head {
    let head = try heads.head(name)
    guard head.newest != nil else { throw PublishError.unpublished("\(name)") }
    return head
  }

  /// Reads what was published, the newest first.
  ///
  /// - Parameter limit: The most revisions.
  /// - Returns: The revisions.
  /// - Throws: What the store of heads throws.
  public func log(limit: Int) throws -> [Head.Entry] {
    try heads.log(name, before: nil, limit: limit).entries
  }

  /// Goes back to an earlier revision: nothing is uploaded.
  ///
  /// - Parameters:
  ///   - revision: The revision; nil for the one before the version that is served now.
  ///   - author: Who does it.
  /// - Returns: The new revision.
  /// - Throws: `PublishError.nothingToRollBack`, `.moved`, `.belowFloor`, `.unknownRevision`, and what the store of heads
  ///   throws.
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
