internal import FileSystem
internal import Glibc
public import SystemPackage

/// A file of keys, which `auth add` writes and a server reads.
public struct AccessFile: Sendable {
  /// The path of the file.
  public let path: FilePath
  private var known: (state: State, keys: AccessKeys)?

  /// The properties of a file that change when it is written.
  private struct State: Equatable, Sendable {
    let device: UInt64
    let inode: UInt64
    let size: Int64
    let modified: Int64
  }

  /// Creates a value for a path, and reads nothing yet.
  public init(at path: FilePath) { self.path = path }

  // MARK: Reading

  /// Reads the keys.
  ///
  /// - Throws: `AccessError.noFile`, `.invalidLine`, `.system`.
  public func keys() throws(AccessError) -> AccessKeys {
    guard let lines = try lines() else { throw .noFile(path.string) }
    return AccessKeys(lines.compactMap(\.entry))
  }

  /// Returns the keys, and re-reads the file only if it has changed since the last call.
  ///
  /// - Throws: The errors of `keys()`. The caller has to remember the keys from before.
  public mutating func currentKeys() throws(AccessError) -> AccessKeys {
    // The state is read first, so that the next call sees a change that is made in between.
    guard let state = try state() else { throw .noFile(path.string) }
    if let known, known.state == state { return known.keys }
    let keys = try keys()
    known = (state, keys)
    return keys
  }

  private func state() throws(AccessError) -> State? {
    guard let status = try translated({ () throws(FileError) in try FileStatus(path) }) else { return nil }
    return State(
      device: status.device, inode: status.inode, size: status.size, modified: status.modified)
  }

  /// Returns the lines of the file; nil if it does not exist.
  private func lines() throws(AccessError) -> [AccessLine]? {
    guard let bytes = try translated({ () throws(FileError) in try contents(of: path) }) else { return nil }
    var texts = bytes.split(separator: 0x0a, omittingEmptySubsequences: false).map { Array($0) }
    if texts.last?.isEmpty == true { texts.removeLast() }
    var lines: [AccessLine] = []
    var names: Set<String> = []
    for (index, text) in texts.enumerated() {
      do throws(AccessLine.Malformed) {
        let line = try AccessLine(text)
        if let name = line.entry?.key.name, !names.insert(name).inserted {
          throw AccessLine.Malformed("the name \(name) is used twice")
        }
        lines.append(line)
      } catch {
        throw .invalidLine(file: path.string, line: index + 1, reason: error.reason)
      }
    }
    return lines
  }

  // MARK: Changing

  /// Adds a key at the end of the file, and creates the file if it does not exist.
  ///
  /// - Parameters:
  ///   - key: The key, which must have a name.
  ///   - secret: The secret of the key. The file gets only its digest.
  ///   - timeout: How long to wait for the lock.
  /// - Throws: `AccessError.keyExists`, `.invalidLine`, `.locked`, `.system`.
  public func add(_ key: AccessKey, secret: Secret, timeout: Duration) throws(AccessError) {
    try change(timeout: timeout) { (lines) throws(AccessError) in
      try requireAbsence(of: key, in: lines ?? [])
      return (lines ?? []) + [.key(AccessKeys.Entry(digest: secret.digest, key: key))]
    }
  }

  /// Checks that a key can be added, and changes nothing.
  ///
  /// - Throws: The errors of `add`.
  public func checkAdding(_ key: AccessKey) throws(AccessError) {
    try requireAbsence(of: key, in: lines() ?? [])
  }

  private func requireAbsence(of key: AccessKey, in lines: [AccessLine]) throws(AccessError) {
    guard let name = key.name, lines.contains(where: { $0.entry?.key.name == name }) else { return }
    throw .keyExists(name, file: path.string)
  }

  /// Removes the key with a name.
  ///
  /// - Parameters:
  ///   - name: The name.
  ///   - timeout: How long to wait for the lock.
  /// - Throws: `AccessError.noFile`, `.keyNotFound`, `.invalidLine`, `.locked`, `.system`.
  public func remove(_ name: String, timeout: Duration) throws(AccessError) {
    try change(timeout: timeout) { (lines) throws(AccessError) in try without(name, in: lines) }
  }

  /// Checks that there is a key with a name, and changes nothing.
  ///
  /// - Throws: The errors of `remove`.
  public func checkRemoving(_ name: String) throws(AccessError) { _ = try without(name, in: lines()) }

  private func without(_ name: String, in lines: [AccessLine]?) throws(AccessError) -> [AccessLine] {
    guard let lines else { throw .noFile(path.string) }
    let rest = lines.filter { $0.entry?.key.name != name }
    guard rest.count < lines.count else { throw .keyNotFound(name, file: path.string) }
    return rest
  }

  /// Replaces the file with a new one, under a lock.
  ///
  /// The lock is on the folder, because the file itself is replaced, and a separate lock file would stay behind.
  private func change(
    timeout: Duration, _ body: ([AccessLine]?) throws(AccessError) -> [AccessLine]
  ) throws(AccessError) {
    let above = path.removingLastComponent()
    let folder = above.isEmpty ? "." : above
    let lock = try translated { () throws(FileError) -> AdvisoryLock in
      guard let lock = try AdvisoryLock(present: folder) else {
        throw FileError("open", folder, .noSuchFileOrDirectory)
      }
      return lock
    }
    let start = ContinuousClock.now
    while try !translated({ () throws(FileError) in try lock.attempt(.exclusive) }) {
      guard ContinuousClock.now - start < timeout else {
        throw .locked(file: path.string, seconds: Int(timeout.components.seconds))
      }
      usleep(AccessFile.pause)
    }
    let lines = try body(lines())
    var text: [UInt8] = []
    for line in lines { text += line.bytes + [0x0a] }
    try translated { () throws(FileError) in
      var file = try TemporaryFile(
        in: folder, prefix: ".\(path.lastComponent?.string ?? "")-", permissions: 0o600)
      try file.append(text.span.bytes)
      try file.takeAccess(of: path)
      try file.synchronize()
      try file.publish(at: path)
      try synchronizeFolder(folder)
    }
  }

  /// The interval in microseconds between two attempts to get the lock, which is held for milliseconds.
  private static let pause: UInt32 = 5_000
}

extension AccessLine {
  /// The key of the line; nil if it has none.
  fileprivate var entry: AccessKeys.Entry? {
    if case .key(let entry) = self { entry } else { nil }
  }
}

/// Runs a function, and translates its file errors to `AccessError`.
private func translated<Result: ~Copyable>(
  _ body: () throws(FileError) -> Result
) throws(AccessError) -> Result {
  do throws(FileError) { return try body() } catch {
    throw .system(what: error.summary, reason: "\(error.reason)")
  }
}
