internal import Identifiers

/// The position of a cursor on its branch. Any thread may store it, and start another cursor there.
public struct CursorPosition: Hashable, Sendable {
  enum Place: Hashable {
    /// The branch has no commit yet.
    case unborn
    case commit(ObjectID, tree: ObjectID)
    /// The branch was deleted, or none of its contents were reported.
    case nothing
  }

  let place: Place

  init(_ place: Place) { self.place = place }

  var commit: ObjectID? {
    if case .commit(let id, _) = place { id } else { nil }
  }

  var tree: ObjectID? {
    if case .commit(_, let tree) = place { tree } else { nil }
  }
}
