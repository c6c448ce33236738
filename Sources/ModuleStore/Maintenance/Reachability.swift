internal import Git
internal import Identifiers

/// The objects that must be kept in a store: the roots, and everything reachable from them.
///
/// Only this type knows which data names objects. All code that deletes, copies or checks objects uses it.
struct Reachability: Sendable {
  /// The data that names an object.
  enum Source: Hashable, Sendable {
    /// A reference, or a detached HEAD; of a linked work tree if one is named.
    case reference(String, worktree: String? = nil)
    /// The index of a work tree.
    case index(worktree: String?)
    /// The old values of a reference.
    case reflog(String, worktree: String? = nil)
    /// The values before and after an operation of the record.
    case operation(String)
  }

  /// An object that is named directly.
  struct Root: Hashable, Sendable {
    let object: ObjectID
    let source: Source
  }

  /// Data that may name objects and cannot be read. Code that deletes objects must stop.
  struct Failure: Hashable, Sendable {
    let source: Source
    let problem: String
  }

  /// The records of former moves, which `gc` may end.
  struct Records: OptionSet, Sendable {
    let rawValue: Int
    static let reflogs = Records(rawValue: 1)
    /// The operation record after its horizon.
    static let operations = Records(rawValue: 2)
    static let all: Records = [.reflogs, .operations]
  }

  /// The objects that references and indexes name, in the order of their sources: branches first.
  var roots: [Root] = []
  /// The objects that records of former moves name.
  var recorded: [Root] = []
  var failures: [Failure] = []
  /// The commits at which the history of a shallow clone ends.
  var boundary: Set<ObjectID> = []

  /// The reachable objects.
  struct Reached: Sendable {
    /// The objects reachable from references and indexes.
    let current: ReachedObjects
    /// The objects reachable only from records of former moves.
    let former: ReachedObjects

    /// Returns whether an object must be kept.
    func contains(_ id: ObjectID) -> Bool { current.ids.contains(id) || former.ids.contains(id) }
  }

  /// Walks from all roots to all reachable objects (`ObjectInventory.reached`).
  ///
  /// - Parameters:
  ///   - inventory: The store's objects.
  ///   - verifying: Whether the id of each commit, tree and tag is computed from its bytes.
  ///   - work: Receives the number of objects found, and can cancel the walk.
  /// - Returns: The reachable objects.
  /// - Throws: `StoreError.system` if a file exists and cannot be read, `.cancelled`.
  func walk(
    in inventory: ObjectInventory, verifying: Bool = false, _ work: Work
  ) throws(StoreError) -> Reached {
    let progress = { (count: Int) in work.progress(Progress(.findingObjects, done: count, total: nil)) }
    return try translated { () throws(GitError) in
      let current = try inventory.reached(
        from: roots.map(\.object), endingAt: boundary, verifying: verifying,
        while: { !work.cancellation.isCancelled }, progress: progress)
      let former = try inventory.reached(
        from: recorded.map(\.object), except: current.ids, endingAt: boundary, verifying: verifying,
        while: { !work.cancellation.isCancelled }, progress: progress)
      return Reached(current: current, former: former)
    }
  }
}

extension Reachability.Source: CustomStringConvertible {
  /// The name of the source, in a form that can follow "from".
  var description: String {
    switch self {
    case .reference(let name, let worktree): name + Self.suffix(worktree)
    case .index(let worktree): "the index" + Self.suffix(worktree)
    case .reflog(let name, let worktree): "the reflog of " + name + Self.suffix(worktree)
    case .operation(let id): "operation " + id
    }
  }

  private static func suffix(_ worktree: String?) -> String { worktree.map { " of work tree \($0)" } ?? "" }
}
