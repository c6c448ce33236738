internal import Git
internal import Identifiers

/// What must stay in a store: the objects that something names, and all that they lead to.
///
/// This is the only place that knows what names objects. Whoever deletes, copies or checks them asks here.
struct Reachability: Sendable {
  /// What names an object.
  enum Source: Hashable, Sendable {
    /// A reference, or HEAD where it names a commit itself; of a linked work tree where one is named.
    case reference(String, worktree: String? = nil)
    /// What is to be in the next commit of a work tree.
    case index(worktree: String?)
    /// What a reference held.
    case reflog(String, worktree: String? = nil)
    /// What an operation of the record moved a reference from or to.
    case operation(String)
  }

  /// An object that something names.
  struct Root: Hashable, Sendable {
    let object: ObjectID
    let source: Source
  }

  /// Something that may name objects and cannot be read. Whoever deletes objects must not go on.
  struct Failure: Hashable, Sendable {
    let source: Source
    let problem: String
  }

  /// What tells where references were, and what `gc` may end.
  struct Records: OptionSet, Sendable {
    let rawValue: Int
    static let reflogs = Records(rawValue: 1)
    /// The operation record, from its horizon on.
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

  /// What can be reached.
  struct Reached: Sendable {
    /// By references and indexes.
    let current: ReachedObjects
    /// By records of former moves, and by nothing else.
    let former: ReachedObjects

    /// Tells whether an object must stay.
    func contains(_ id: ObjectID) -> Bool { current.ids.contains(id) || former.ids.contains(id) }
  }

  /// Walks from all roots to what they lead to (`ObjectInventory.reached`).
  ///
  /// - Parameters:
  ///   - inventory: The store's objects.
  ///   - verifying: Whether the id of each commit, tree and tag is computed from its bytes.
  ///   - work: Is told how many objects were found, and may be cancelled.
  /// - Returns: What was found.
  /// - Throws: `StoreError.system` where a file is there and cannot be read, `.cancelled`.
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
  /// What names it, to stand behind "from".
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
