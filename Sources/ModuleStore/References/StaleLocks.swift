internal import FileSystem
internal import Git
internal import Glibc
internal import SystemPackage

/// The `.lock` files of references and of `config` that a killed process left. Every other process waits for such a
/// file, and it would stay for ever.
struct StaleLocks {
  let root: FilePath

  /// The minimum age of a stale lock file, in seconds: git holds one for milliseconds.
  private static let age: Int64 = 10

  /// The lock files that are old enough and that no process has open.
  func files() throws(StoreError) -> [FilePath] {
    try translated { () throws(FileError) in
      var candidates = ["HEAD.lock", "packed-refs.lock", "config.lock"].map { root.appending($0) }
      try walk(root.appending("refs"), unreadable: { (_, error) throws(FileError) in throw error }) {
        (entry) throws(FileError) in
        let isLock = entry.path.string.hasSuffix(".lock")
        if isLock { candidates.append(entry.path) }
        return !isLock
      }
      let now = Timestamp.now.seconds
      var open: OpenFiles?
      var stale: [FilePath] = []
      for path in candidates {
        guard let status = try FileStatus(path, followingLinks: false),
          now - status.modified / 1_000_000_000 > StaleLocks.age
        else { continue }
        if open == nil { open = try OpenFiles() }
        if try open?.contain(path) == false { stale.append(path) }
      }
      return stale
    }
  }

  /// Removes them; returns the removed ones.
  func remove() throws(StoreError) -> [FilePath] {
    var removed: [FilePath] = []
    for path in try files() where try translated({ () throws(FileError) in try removeFile(path) }) {
      removed.append(path)
    }
    return removed
  }
}

/// The files that processes have open, as far as this process can see them.
struct OpenFiles {
  private struct Identity: Hashable {
    let inode: UInt64
    let size: Int64
    let modified: Int64

    init(_ status: FileStatus) {
      (inode, size, modified) = (status.inode, status.size, status.modified)
    }
  }

  private var identities: Set<Identity> = []

  /// Lists the files that are open now.
  ///
  /// - Throws: Why they cannot be listed.
  init() throws(FileError) {
    for process in try names(in: "/proc") where process.utf8.allSatisfy({ (0x30...0x39).contains($0) }) {
      let descriptors = FilePath("/proc/\(process)/fd")
      // Another user's process is not visible, and a process that has ended has no files.
      guard let open = try? names(in: descriptors) else { continue }
      for descriptor in open {
        // A file that was closed meanwhile is not open either.
        guard let status = try? FileStatus(descriptors.appending(descriptor)) else { continue }
        identities.insert(Identity(status))
      }
    }
  }

  /// Returns whether a file was open; false for a file that no longer exists.
  func contain(_ path: FilePath) throws(FileError) -> Bool {
    guard let status = try FileStatus(path) else { return false }
    return identities.contains(Identity(status))
  }

  /// Returns whether a file was open, or for a folder, something in it.
  func containAny(in path: FilePath) throws(FileError) -> Bool {
    guard let status = try FileStatus(path, followingLinks: false) else { return false }
    if identities.contains(Identity(status)) { return true }
    guard status.kind == .directory else { return false }
    for name in try names(in: path) where try containAny(in: path.appending(name)) { return true }
    return false
  }
}

extension StoreSession {
  /// The lock files that were left.
  var staleLocks: StaleLocks { StaleLocks(root: root) }

  /// Runs `body`, waits while another process holds a reference's `.lock` file, and removes a file that a killed
  /// process left, because nothing else would remove it.
  ///
  /// - Parameters:
  ///   - name: The reference that `body` moves from its expected value.
  ///   - body: Work that needs a `.lock` file.
  /// - Returns: The result of `body`.
  /// - Throws: `StoreError.branchMoved` if the reference has another value now, `.locked`, `.cancelled`.
  func withStaleLocksRemoved<Result>(
    moving name: String? = nil, _ body: () throws(GitError) -> Result
  ) throws(StoreError) -> Result {
    let clock = ContinuousClock()
    let start = clock.now
    while true {
      try work.check()
      do throws(GitError) {
        return try body()
      } catch {
        switch error.code {
        case .modified, .exists:
          guard let name else { throw StoreError(error) }
          throw .branchMoved(BranchName(reference: name) ?? BranchName(validated: name))
        case .locked: break
        case .obstructed where try removeStaleLocks(): continue
        default: throw StoreError(error)
        }
        guard clock.now - start < options.lockTimeout else {
          throw .locked(what: error.message, seconds: Int(options.lockTimeout.components.seconds))
        }
        if try !removeStaleLocks() { usleep(UInt32.random(in: 2_000...20_000)) }
      }
    }
  }

  private func removeStaleLocks() throws(StoreError) -> Bool {
    let removed = try staleLocks.remove()
    for path in removed { work.note(.staleLockRemoved(path.string)) }
    return !removed.isEmpty
  }
}
