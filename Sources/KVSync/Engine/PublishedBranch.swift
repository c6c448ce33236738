internal import Identifiers
internal import JSONText

/// Looks at what is published, and goes back.
public struct PublishedBranch {
  private let target: any PublishTarget
  /// The name of the head, one segment each.
  public let name: String

  /// Names a branch.
  ///
  /// - Parameters:
  ///   - name: The name of its head, as `Publisher.headName` makes it.
  ///   - target: Where it is published.
  public init(_ name: String, at target: any PublishTarget) {
    self.name = name
    self.target = target
  }

  /// Reads the head.
  ///
  /// - Returns: The head, which has a revision.
  /// - Throws: `PublishError.unpublished`, `.unreadableHead`, and what the target throws.
  public func head() throws -> Head {
    guard let head = Head(try target.head("head/\(name)", nil)) else { throw PublishError.unreadableHead }
    guard head.newest != nil else { throw PublishError.unpublished(name) }
    return head
  }

  /// Reads what was published, the newest first.
  ///
  /// - Parameter limit: The most revisions.
  /// - Returns: The revisions.
  /// - Throws: As `head`.
  public func log(limit: Int) throws -> [Head.Entry] {
    let json = try target.head("log/\(name)?limit=\(limit)", nil)
    guard case .array(let items)? = json["entries"] else { throw PublishError.unreadableHead }
    return items.compactMap { Head.Entry($0) }
  }

  /// Goes back to an earlier revision: nothing is uploaded.
  ///
  /// - Parameters:
  ///   - revision: The revision; nil for the one before the version that is served now.
  ///   - author: Who does it.
  /// - Returns: The new revision.
  /// - Throws: `PublishError.nothingToRollBack`, and what the target throws.
  public func rollback(to revision: Int64?, by author: String) throws -> Head.Entry {
    let head = try head()
    guard let to = revision ?? head.rollbackTarget?.revision else {
      throw PublishError.nothingToRollBack(name)
    }
    let body = JSONValue.object([
      ("kind", .text("rollback")), ("expect", .number(head.newest?.revision ?? 0)),
      ("id", .text(Publisher.newID())),
      ("to", .number(to)), ("by", .text(author)),
    ])
    guard let entry = Head(try target.head("head/\(name)", body))?.newest else {
      throw PublishError.unreadableHead
    }
    return entry
  }
}
