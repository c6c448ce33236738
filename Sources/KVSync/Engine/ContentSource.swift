public import ModuleStore

/// What is published: it says what its contents are, on several threads at once.
public protocol ContentSource: Sendable {
  /// Opens it for the thread that calls.
  func reader() throws -> any ContentReader
}

/// Reads contents; it belongs to one thread.
public protocol ContentReader {
  /// Reads what a file holds.
  func bytes(of content: FileContent) throws -> [UInt8]
}

extension StoreSession: ContentReader {}

/// A store, of which each thread has a session of its own.
struct StoreContents: ContentSource {
  let store: Store
  let branch: BranchName
  let work: Work

  init(_ session: StoreSession) {
    store = session.connection.store
    branch = session.branch
    work = session.work
  }

  func reader() throws -> any ContentReader {
    try store.connect().session(on: branch, work)
  }
}
