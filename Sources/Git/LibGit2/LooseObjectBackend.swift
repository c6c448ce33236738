internal import Clibgit2
internal import FileSystem
internal import Glibc
internal import Identifiers
internal import SystemPackage

extension Repository {
  /// Makes libgit2 read loose objects with `ObjectStream`: its own reader (1.5) loops for ever on a truncated file.
  static func addLooseObjectBackend(
    to database: borrowing Handle<DatabaseKind>, objects: FilePath
  ) throws(GitError) {
    let backend = UnsafeMutablePointer<shim_object_backend>.allocate(capacity: 1)
    backend.initialize(to: shim_object_backend())
    backend.pointee.base.version = UInt32(GIT_ODB_BACKEND_VERSION)
    backend.pointee.base.read_header = readHeader
    backend.pointee.base.read = readObject
    // libgit2 calls this function without checking for nil; its own reader iterates over the objects.
    backend.pointee.base.foreach = { _, _, _ in GIT_OK.rawValue }
    backend.pointee.base.free = freeBackend
    backend.pointee.folder = Unmanaged.passRetained(ObjectFolder(path: objects)).toOpaque()
    let base = UnsafeMutableRawPointer(backend).assumingMemoryBound(to: git_odb_backend.self)
    // After the packs (2), before libgit2's reader of loose objects (1): among equal priorities the first one added
    // is used first.
    let status = git_odb_add_backend(database.raw, base, 2)
    if status < 0 { freeBackend(base) }
    try check(status)
  }
}

/// The data of a backend.
private final class ObjectFolder {
  let path: FilePath

  init(path: FilePath) { self.path = path }
}

private typealias BackendPointer = UnsafeMutablePointer<git_odb_backend>

private func folder(of base: BackendPointer) -> Unmanaged<ObjectFolder> {
  // The backend begins with its base.
  let backend = UnsafeMutableRawPointer(base).assumingMemoryBound(to: shim_object_backend.self)
  return Unmanaged.fromOpaque(backend.pointee.folder)
}

/// Opens a loose object; nil if it does not exist.
private func looseObject(
  _ base: BackendPointer?, _ raw: UnsafePointer<git_oid>?
) throws(GitError) -> ObjectStream? {
  guard let base, let raw else { throw GitError(.failed, "libgit2 asked for no object") }
  let id = ObjectID(raw.pointee)
  let path = folder(of: base).takeUnretainedValue().path.looseObject(id)
  guard let file = try translated({ () throws(FileError) in try OpenFile(reading: path) }) else { return nil }
  // libgit2 computes the id itself.
  return try ObjectStream(loose: file, id: id, verifying: false)
}

private func readHeader(
  size: UnsafeMutablePointer<Int>?, kind: UnsafeMutablePointer<git_object_t>?, base: BackendPointer?,
  id: UnsafePointer<git_oid>?
) -> Int32 {
  do throws(GitError) {
    guard let stream = try looseObject(base, id) else { return GIT_ENOTFOUND.rawValue }
    size?.pointee = stream.size
    kind?.pointee = stream.kind.raw
    return GIT_OK.rawValue
  } catch {
    return status(of: error)
  }
}

private func readObject(
  buffer: UnsafeMutablePointer<UnsafeMutableRawPointer?>?, size: UnsafeMutablePointer<Int>?,
  kind: UnsafeMutablePointer<git_object_t>?, base: BackendPointer?, id: UnsafePointer<git_oid>?
) -> Int32 {
  do throws(GitError) {
    guard let stream = try looseObject(base, id) else { return GIT_ENOTFOUND.rawValue }
    kind?.pointee = stream.kind.raw
    let bytes = try stream.readAll()
    // libgit2 parses commits as text that ends with a NUL.
    guard let memory = git_odb_backend_data_alloc(base, bytes.count + 1) else {
      throw GitError(.failed, "not enough memory for an object of \(bytes.count) bytes")
    }
    let target = UnsafeMutableRawBufferPointer(start: memory, count: bytes.count + 1)
    target.copyBytes(from: bytes)
    target[bytes.count] = 0
    buffer?.pointee = memory
    size?.pointee = bytes.count
    return GIT_OK.rawValue
  } catch {
    return status(of: error)
  }
}

private func freeBackend(_ base: BackendPointer?) {
  guard let base else { return }
  folder(of: base).release()
  UnsafeMutableRawPointer(base).assumingMemoryBound(to: shim_object_backend.self).deallocate()
}

/// Stores the error in libgit2, where `check` finds it, and returns the corresponding status.
private func status(of error: GitError) -> Int32 {
  switch error.code {
  case .damaged:
    git_error_set_str(Int32(GIT_ERROR_ODB.rawValue), error.message)
    return GIT_EMISMATCH.rawValue
  case .system(let code):
    git_error_set_str(Int32(GIT_ERROR_OS.rawValue), error.message)
    errno = code
    return GIT_ERROR.rawValue
  default:
    git_error_set_str(Int32(GIT_ERROR_NOMEMORY.rawValue), error.message)
    return GIT_ERROR.rawValue
  }
}
