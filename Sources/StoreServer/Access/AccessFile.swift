internal import FileSystem
internal import Glibc
public import SystemPackage

/// A file of keys, as `auth add` writes it and a server reads it.
public struct AccessFile: Sendable {
  /// The file.
  public let path: FilePath
  private var known: (state: State, keys: AccessKeys)?

  /// What changes when somebody writes the file.
  private struct State: Equatable, Sendable {
    let device: UInt64
    let inode: UInt64
    let size: Int64
    let modified: Int64
  }

  /// Names a file; nothing is read yet.
  public init(at path: FilePath) { self.path = path }

  // MARK: Reading

  /// Reads the keys.
  ///
  /// - Throws: `AccessError.noFile`, `.invalidLine`, `.system`.
  public func keys() throws(AccessError) -> AccessKeys {
    guard let lines = try lines() else { throw .noFile(path.string) }
    return AccessKeys(lines.compactMap(\.entry))
  }

  /// The keys, read again only where the file has changed since they were.
  ///
  /// - Throws: As `keys()`. The keys that were read before stay known to the caller alone.
  public mutating func currentKeys() throws(AccessError) -> AccessKeys {
    // The state is read first: a change in between shows next time.
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

  /// The lines of the file; nil where there is none.
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
          throw AccessLine.Malformed("the name \(name) stands twice")
        }
        lines.append(line)
      } catch {
        throw .invalidLine(file: path.string, line: index + 1, reason: error.reason)
      }
    }
    return lines
  }

  // MARK: Changing

  /// Adds a key at the end; the file is made where there is none.
  ///
  /// - Parameters:
  ///   - key: The key, which has a name.
  ///   - secret: Its secret, of which the file gets the digest.
  ///   - timeout: How long to wait for another process that changes the file.
  /// - Throws: `AccessError.keyExists`, `.invalidLine`, `.locked`, `.system`.
  public func add(_ key: AccessKey, secret: Secret, timeout: Duration) throws(AccessError) {
    try change(timeout: timeout) { (lines) throws(AccessError) in
      try requireAbsence(of: key, in: lines ?? [])
      return (lines ?? []) + [.key(AccessKeys.Entry(digest: secret.digest, key: key))]
    }
  }

  /// Looks whether a key could be added, and changes nothing.
  ///
  /// - Throws: As `add`.
  public func checkAdding(_ key: AccessKey) throws(AccessError) {
    try requireAbsence(of: key, in: lines() ?? [])
  }

  private func requireAbsence(of key: AccessKey, in lines: [AccessLine]) throws(AccessError) {
    guard let name = key.name, lines.contains(where: { $0.entry?.key.name == name }) else { return }
    throw .keyExists(name, file: path.string)
  }

  /// Removes the key of a name.
  ///
  /// - Parameters:
  ///   - name: The name.
  ///   - timeout: How long to wait for another process that changes the file.
  /// - Throws: `AccessError.noFile`, `.keyNotFound`, `.invalidLine`, `.locked`, `.system`.
  public func remove(_ name: String, timeout: Duration) throws(AccessError) {
    try change(timeout: timeout) { (lines) throws(AccessError) in try without(name, in: lines) }
  }

  /// Looks whether there is a key of that name, and changes nothing.
  ///
  /// - Throws: As `remove`.
  public func checkRemoving(_ name: String) throws(AccessError) { _ = try without(name, in: lines()) }

  private func without(_ name: String, in lines: [AccessLine]?) throws(AccessError) -> [AccessLine] {
    guard let lines else { throw .noFile(path.string) }
    let rest = lines.filter { $0.entry?.key.name != name }
    guard rest.count < lines.count else { throw .keyNotFound(name, file: path.string) }
    return rest
  }

  /// Writes a new file in the place of the one that is there, while no other process does.
  ///
  /// The folder is what is locked: the file is replaced, and a file beside it would stay behind.
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

  /// Microseconds between two looks at whether the lock is free; it is held for milliseconds.
  private static let pause: UInt32 = 5_000
}

extension AccessLine {
  /// The key of the line; nil where it has none.
  fileprivate var entry: AccessKeys.Entry? {
    if case .key(let entry) = self { entry } else { nil }
  }
}

/// Runs what throws errors of files, and throws those of keys.
private func translated<Result: ~Copyable>(
  _ body: () throws(FileError) -> Result
) throws(AccessError) -> Result {
  do throws(FileError) { return try body() } catch {
    throw .system(what: error.summary, reason: "\(error.reason)")
  }
}
