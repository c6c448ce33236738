internal import Clibgit2
public import Identifiers

extension ObjectID {
  /// Computes an object's id from its bytes.
  ///
  /// The hash detects the known attacks on SHA-1.
  ///
  /// - Throws: `failed` if the bytes contain such an attack.
  public init(of bytes: RawSpan, kind: ObjectKind) throws(GitError) {
    try Library.prepare()
    var id = git_oid()
    try bytes.withUnsafeBytes { (buffer) throws(GitError) in
      _ = try check(git_odb_hash(&id, buffer.baseAddress, buffer.count, kind.raw))
    }
    self.init(id)
  }
}

/// Computes an object's id from bytes that arrive in pieces, and detects the known attacks on SHA-1.
///
/// libgit2 offers its detecting hash in pieces only through a write stream, so this is a write stream of a database
/// whose only back end stores nothing.
public struct ObjectHash: ~Copyable {
  private let database: Handle<DatabaseKind>
  private let stream: UnsafeMutablePointer<git_odb_stream>

  /// Starts the hash of an object of `size` bytes.
  public init(kind: ObjectKind, size: Int) throws(GitError) {
    try Library.prepare()
    guard let size = git_object_size_t(exactly: size) else {
      throw GitError(.failed, "\(size) bytes are too many for an object")
    }
    let database = try Handle<DatabaseKind> { git_odb_new(&$0) }
    let backend = discardingBackend()
    let status = git_odb_add_backend(database.raw, backend, 1)
    if status < 0 { backend.deallocate() }
    try check(status)
    var stream: UnsafeMutablePointer<git_odb_stream>?
    try check(git_odb_open_wstream(&stream, database.raw, size, kind.raw))
    guard let stream else { throw GitError(.failed, "libgit2 returned no stream") }
    self.database = database
    self.stream = stream
  }

  deinit { git_odb_stream_free(stream) }

  /// Adds bytes.
  ///
  /// - Throws: `failed` if there are more bytes than the announced size.
  public mutating func update(_ bytes: RawSpan) throws(GitError) {
    try bytes.withUnsafeBytes { (buffer) throws(GitError) in
      guard let start = buffer.baseAddress?.assumingMemoryBound(to: CChar.self) else { return }
      try check(git_odb_stream_write(stream, start, buffer.count))
    }
  }

  /// Ends the hash.
  ///
  /// - Throws: `failed` if bytes are missing or contain an attack on SHA-1.
  public consuming func finish() throws(GitError) -> ObjectID {
    git_error_clear()
    var id = git_oid()
    try check(git_odb_stream_finalize_write(&id, stream))
    // libgit2 1.5 drops the hash's own status here; only the message reports an attack.
    if let last = git_error_last(), last.pointee.klass == Int32(GIT_ERROR_SHA.rawValue) { try check(-1) }
    return ObjectID(id)
  }
}

/// Creates a back end for write streams that store nothing; the database that receives it frees it.
private func discardingBackend() -> UnsafeMutablePointer<git_odb_backend> {
  let backend = UnsafeMutablePointer<git_odb_backend>.allocate(capacity: 1)
  backend.initialize(to: git_odb_backend())
  backend.pointee.version = UInt32(GIT_ODB_BACKEND_VERSION)
  backend.pointee.free = { $0?.deallocate() }
  backend.pointee.writestream = { result, backend, _, _ in
    let stream = UnsafeMutablePointer<git_odb_stream>.allocate(capacity: 1)
    stream.initialize(to: git_odb_stream())
    stream.pointee.backend = backend
    stream.pointee.mode = GIT_STREAM_WRONLY.rawValue
    stream.pointee.write = { _, _, _ in 0 }
    stream.pointee.finalize_write = { _, _ in 0 }
    stream.pointee.free = { $0?.deallocate() }
    result?.pointee = stream
    return 0
  }
  return backend
}
