internal import FileSystem
internal import Git
internal import Identifiers
public import SystemPackage

/// Follows a branch and tells what became of it, whoever moves it.
///
/// Nothing is told twice and nothing left out: the changes of all events, one after the other, lead from where the
/// cursor began to where the branch stands. A branch that goes forward gives an event for each commit along its first
/// parents; any other move gives one with the difference of the trees. A commit that changes no module gives none.
///
/// The commits of the branch are what is followed, not the operation record, for plain git writes nothing there.
///
/// It belongs to the thread that uses the session's connection, which should be one that is kept for long
/// (`Store.Options.keepsConnections`).
public final class BranchCursor {
  private let session: StoreSession
  private let prefix: ModulePath?
  private var reader: ReferenceReader
  /// Wakes whoever waits; made when somebody does.
  private lazy var folders = FolderWatch(polling: isPolling)
  /// Where the last event left the branch. A cursor that begins there goes on from this one.
  public private(set) var position: CursorPosition
  /// What the branch came to after that, the next at the end.
  private var pending: [CursorPosition] = []
  /// Whether waiting has to do without inotify.
  var isPolling = false

  fileprivate init(_ session: StoreSession, from start: CursorStart, below prefix: ModulePath?)
    throws(StoreError)
  {
    self.session = session
    self.prefix = prefix
    reader = ReferenceReader(session.branch.reference, in: session.repository)
    let head = try session.head()
    if case .position(let position) = start {
      self.position = position
      return
    }
    let begin: CommitID?
    switch start {
    case .now: begin = head
    case .nothing, .position: begin = nil
    case .revision(let revision): begin = try session.resolve(revision)
    }
    if let begin {
      position = CursorPosition(.commit(begin.object, tree: try session.commit(begin).tree))
    } else {
      position = CursorPosition(head == nil ? .unborn : .nothing)
    }
  }

  // MARK: Events

  /// The next event, if there is one by now.
  ///
  /// - Throws: `StoreError.cancelled`, `.brokenReference`, `.damaged` where a commit or tree cannot be read.
  public func next() throws(StoreError) -> StoreEvent? {
    while true {
      try session.work.check()
      if pending.isEmpty { pending = try steps() }
      guard let step = pending.popLast() else { return nil }
      let changes = try session.changes(from: position.tree, to: step.tree, below: prefix)
      position = step
      if let event = StoreEvent(step.commit.map { CommitID($0) }, changes) { return event }
    }
  }

  /// What the branch has come to since the last event, the first at the end.
  private func steps() throws(StoreError) -> [CursorPosition] {
    guard let head = try translated({ () throws(GitError) in try reader.objectID() }) else {
      return position.commit == nil ? [] : [CursorPosition(.nothing)]
    }
    guard head != position.commit else { return [] }
    let position = position
    return try translated { () throws(GitError) in
      var steps: [CursorPosition] = []
      var isForward = false
      try session.repository.walkFirstParents(from: head) { step in
        isForward = step.id == position.commit
        if isForward { return false }
        steps.append(CursorPosition(.commit(step.id, tree: step.tree)))
        // After nothing the whole of the branch is one event.
        if case .nothing = position.place { return false }
        return true
      }
      if case .unborn = position.place { return steps }
      return isForward ? steps : Array(steps.prefix(1))
    }
  }

  // MARK: Waiting

  /// Waits for the next event.
  ///
  /// - Parameter output: Where events are written to; the wait ends when nobody reads it any more.
  /// - Returns: The event; nil where the reader has gone.
  /// - Throws: As `next`.
  public func awaitNext(whileRead output: FileDescriptor? = nil) throws(StoreError) -> StoreEvent? {
    while true {
      // Before the branch is read: what moves it after that ends the wait.
      watchFolders()
      if let event = try next() { return event }
      if folders.wait(whileRead: output) == .readerGone { return nil }
    }
  }

  /// Watches the folders on the way to the branch's file, as far as they are there by now, and the one of packed
  /// references. A folder that is missing comes to one that is watched.
  private func watchFolders() {
    folders.watch(session.root, for: .replacements)
    var folder = session.root.appending("refs").appending("heads")
    guard folders.watch(folder) else { return }
    for step in session.branch.name.split(separator: "/").dropLast() {
      folder.append(String(step))
      guard folders.watch(folder) else { return }
    }
  }
}

extension StoreSession {
  /// Begins to follow the session's branch.
  ///
  /// - Parameters:
  ///   - start: Where to begin.
  ///   - prefix: A file or directory whose changes alone are told.
  /// - Returns: What tells the events, for the session's thread.
  /// - Throws: `StoreError.branchNotFound`, and what the revision throws.
  public func cursor(
    from start: CursorStart = .now, below prefix: ModulePath? = nil
  ) throws(StoreError) -> BranchCursor {
    try BranchCursor(self, from: start, below: prefix)
  }
}
