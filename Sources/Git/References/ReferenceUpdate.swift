package import FileSystem
internal import Glibc
public import Identifiers
internal import SystemPackage

/// The move of a reference from one object to another, started by taking git's lock on the reference.
///
/// The lock file has the new value. Until `finish` the reference has its old value. If the value is dropped before,
/// the lock file is deleted.
public final class ReferenceUpdate {
  private let path: FilePath
  private let folder: FilePath
  private var lock: TemporaryFile
  private let logs: [ReferenceLog]
  private let logLine: [UInt8]

  /// The lock file; the caller makes it durable before `finish`.
  package var file: WrittenFile { WrittenFile(lock.descriptor, at: lock.path) }

  fileprivate init(
    _ path: FilePath, in folder: FilePath, lock: consuming TemporaryFile, logs: [ReferenceLog],
    logLine: [UInt8]
  ) {
    self.path = path
    self.folder = folder
    self.lock = lock
    self.logs = logs
    self.logLine = logLine
  }

  /// Moves the reference durably. The reflogs are written before, as in git, and are not synchronised: the moves by
  /// wasmstore are in its record.
  public func finish() throws(GitError) {
    let line = logLine
    try translated { () throws(FileError) in
      for log in logs { try log.file.append(line.span.bytes) }
      try lock.publish(at: path)
      try synchronizeFolder(folder)
    }
  }
}

/// Keeps a reflog open.
private final class ReferenceLog {
  let file: OpenFile

  /// Opens the reflog of a reference; nil if it does not exist.
  init?(of name: String, in repository: FilePath) throws(GitError) {
    let path = repository.appending("logs").appending(name)
    guard let file = try translated({ () throws(FileError) in try OpenFile(appendingTo: path) }) else {
      return nil
    }
    self.file = file
  }
}

extension Repository {
  /// Starts to move a reference that has its own file and a reflog. Most moves are of this kind, and need fewer
  /// system calls here than with `update`.
  ///
  /// - Returns: Nil for any other reference, such as a packed or symbolic one; `update` moves those.
  /// - Throws: `GitError` with `.modified` if the reference is not at `expected`, `.locked` while another process
  ///   changes it.
  public func beginUpdate(
    _ name: String, from expected: ObjectID, to target: ObjectID, by signature: Signature, message: String
  ) throws(GitError) -> ReferenceUpdate? {
    guard name.hasPrefix("refs/"), Repository.isValidReferenceName(name),
      let slash = name.utf8.lastIndex(of: 0x2f), let log = try ReferenceLog(of: name, in: path)
    else { return nil }
    let folder = path.appending(String(name[..<slash]))
    var logs = [log]
    if case .value(.symbolic(name)) = try ReferenceFile("HEAD", in: path) {
      guard let headLog = try ReferenceLog(of: "HEAD", in: path) else { return nil }
      logs.append(headLog)
    }
    let file = path.appending(name)
    var lock: TemporaryFile
    do throws(GitError) {
      lock = try TemporaryFile(locking: file)
    } catch {
      // A reference that is only packed may have no folder.
      if error.code == .system(ENOENT) { return nil }
      throw error
    }
    guard case .value(.object(let id)) = try ReferenceFile(name, in: path) else { return nil }
    guard id == expected else { throw GitError(.modified, "\(name) was changed by another process") }
    try translated { () throws(FileError) in try lock.append(Array("\(target)\n".utf8).span.bytes) }
    let line = ReflogEntry(old: expected, new: target, signature: signature, message: message).line
    return ReferenceUpdate(file, in: folder, lock: lock, logs: logs, logLine: Array(line.utf8))
  }
}
