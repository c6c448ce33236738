internal import FileSystem
internal import Git
internal import Identifiers
public import SystemPackage

/// Follows a branch and reports its changes, no matter which program moves it.
///
/// Nothing is reported twice and nothing is left out: the changes of all events together lead from the cursor's start
/// to the branch's current state. If the branch moves forward, there is an event for each commit along its first
/// parents; any other move gives one event with the difference between the trees. A commit that changes no module
/// gives no event.
///
/// The cursor follows the commits of the branch and not the operation record, because plain git does not write to the
/// record.
///
/// It belongs to the thread that uses the session's connection, which should be a long-lived connection
/// (`Store.Options.keepsConnections`).
public final class BranchCursor {
  private let session: StoreSession
  private let prefix: ModulePath?
  private var reader: ReferenceReader
  /// Wakes the waiting thread; created by the first wait.
  private lazy var folders = FolderWatch(polling: isPolling)
  /// The state of the branch after the last event. A cursor that starts there continues from this one.
  public private(set) var position: CursorPosition
  /// The later commits of the branch, the next one at the end.
  private var pending: [CursorPosition] = []
  /// Whether to wait without inotify.
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

  /// The next event, if there is one now.
  ///
  /// - Throws: `StoreError.cancelled`, `.brokenReference`, `.damaged` if a commit or tree cannot be read.
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

  /// The changes of the branch since the last event, oldest first.
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
        // From an empty start, the whole branch is one event.
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
  /// - Parameter output: The output for the events; the wait ends when its reader has closed it.
  /// - Returns: The event; nil if the reader has closed the output.
  /// - Throws: As `next`.
  public func awaitNext(whileRead output: FileDescriptor? = nil) throws(StoreError) -> StoreEvent? {
    while true {
      // Before the branch is read, so that any later move ends the wait.
      watchFolders()
      if let event = try next() { return event }
      if folders.wait(whileRead: output) == .readerGone { return nil }
    }
  }

  /// Watches the existing folders on the path of the branch's file, and the folder of packed references. A missing
  /// folder is created in a watched one.
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
  /// Starts to follow the session's branch.
  ///
  /// - Parameters:
  ///   - start: The start.
  ///   - prefix: A file or directory; only its changes are reported.
  /// - Returns: The cursor, for the session's thread.
  /// - Throws: `StoreError.branchNotFound`, and errors of the revision.
  public func cursor(
    from start: CursorStart = .now, below prefix: ModulePath? = nil
  ) throws(StoreError) -> BranchCursor {
    try BranchCursor(self, from: start, below: prefix)
  }
}
