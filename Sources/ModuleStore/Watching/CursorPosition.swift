internal import Identifiers

/// Where a cursor stands on its branch. Any thread may keep it, and begin another cursor there.
public struct CursorPosition: Hashable, Sendable {
  enum Place: Hashable {
    /// The branch has had no commit so far.
    case unborn
    case commit(ObjectID, tree: ObjectID)
    /// The branch is gone; or nothing of what it holds was told.
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
