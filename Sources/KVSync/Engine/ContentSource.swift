public import ModuleStore

/// A source of the contents to publish; several threads may read at once.
public protocol ContentSource: Sendable {
  /// Opens a reader for the calling thread.
  func reader() throws -> any ContentReader
}

/// A reader of contents, used by one thread only.
public protocol ContentReader {
  /// Reads the content of a file.
  func bytes(of content: FileContent) throws -> [UInt8]
}

extension StoreSession: ContentReader {}

/// The contents of a store; each thread has its own session.
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
