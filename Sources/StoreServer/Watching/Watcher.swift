internal import HTTPServing
internal import HTTPTypes
internal import JSONText
internal import ModuleStore
internal import StoreJSON

/// Sends a client a message for each commit of a branch.
struct Watcher: Sendable {
  let served: ServedStore
  let branch: BranchName
  /// Whether each message also names the commit from which a client can continue.
  let namesCommit: Bool
  /// The module or folder whose changes are sent; nil for all.
  let prefix: ModulePath?
  /// The position after which the first message begins.
  let start: CursorPosition

  /// The maximum number of events that are read at a time.
  private static let batch = 64
  /// The interval between pings.
  private static let silence = Duration.seconds(30)

  /// Prepares to send the changes after a revision; nil for the changes from now on.
  ///
  /// - Throws: `StoreError.branchNotFound`, and the errors of resolving the revision.
  init(
    _ served: ServedStore, on branch: BranchName, since revision: String?, below prefix: ModulePath?
  ) async throws {
    self.served = served
    self.branch = branch
    namesCommit = revision != nil
    self.prefix = prefix
    let start = revision.map { CursorStart.revision($0) } ?? .now
    self.start = try await served.readers.run(on: branch) { (session) throws(StoreError) in
      try session.cursor(from: start, below: prefix).position
    }
  }

  /// Sends events until the client disconnects or the server stops.
  func tell(_ client: WebSocketConnection) async throws {
    served.metrics.noteWatcher(1)
    defer { served.metrics.noteWatcher(-1) }
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask { try await tellEvents(client) }
      group.addTask {
        while true {
          try await Task.sleep(for: Watcher.silence)
          try await client.ping()
        }
      }
      try await group.next()
      group.cancelAll()
    }
  }

  private func tellEvents(_ client: WebSocketConnection) async throws {
    var position = start
    for await _ in served.monitor.follow(branch) {
      var events: [StoreEvent]
      repeat {
        (events, position) = try await read(after: position)
        for event in events {
          try await client.send((namesCommit ? event.json : event.changesJSON).serialized)
        }
      } while events.count == Watcher.batch
    }
    try await client.close(.goingAway)
  }

  /// Reads the events after a position.
  private func read(after position: CursorPosition) async throws -> ([StoreEvent], CursorPosition) {
    try await served.readers.run(on: branch) { (session) throws(StoreError) in
      let cursor = try session.cursor(from: .position(position), below: prefix)
      var events: [StoreEvent] = []
      while events.count < Watcher.batch, let event = try cursor.next() { events.append(event) }
      return (events, cursor.position)
    }
  }
}
