internal import FileSystem
internal import Glibc
internal import NIOCore
internal import NIOPosix
internal import Synchronization
internal import SystemPackage

/// The file of a Unix socket that this server created.
final class SocketFile: Sendable {
  private let path: FilePath
  private let isThere = Atomic(true)

  private init(_ path: FilePath) { self.path = path }

  /// The permissions of the file. The owner and the group may connect, which needs write permission.
  private static let permissions: UInt32 = 0o660
  /// How long to wait for the lock on the folder. Other processes hold it for milliseconds.
  private static let patience = Duration.seconds(5)
  private static let pause = Duration.milliseconds(5)

  /// Binds a socket to a path.
  ///
  /// If a socket without a listener has this path, it is removed first.
  ///
  /// Servers that start at the same time lock the folder. Otherwise one could take the other's socket, which does not
  /// listen yet, for an abandoned one.
  ///
  /// - Parameters:
  ///   - path: The path.
  ///   - address: The same path as a socket address.
  ///   - group: The event loops for a test connection, which shows whether a server listens.
  ///   - bind: Binds the socket and listens.
  /// - Returns: The result of `bind`.
  /// - Throws: `ListeningFailure.refused` if a server listens there or the path is not a socket; the errors of `bind`.
  static func claim<Result>(
    _ path: FilePath, _ address: SocketAddress, on group: any EventLoopGroup,
    _ bind: (SocketFile) async throws -> Result
  ) async throws -> Result {
    do {
      let above = path.removingLastComponent()
      let folder = above.isEmpty ? FilePath(".") : above
      guard let lock = try AdvisoryLock(present: folder) else {
        throw FileError("open", folder, .noSuchFileOrDirectory)
      }
      let start = ContinuousClock.now
      while try !lock.attempt(.exclusive) {
        guard ContinuousClock.now - start < patience else { throw FileError("lock", folder, .wouldBlock) }
        try await Task.sleep(for: pause)
      }
      if let status = try FileStatus(path, followingLinks: false) {
        guard status.kind == .socket else { throw FileError("bind", path, .fileExists) }
        guard try await !isAnswered(address, on: group) else { throw FileError("bind", path, .addressInUse) }
        try removeFile(path)
      }
      let file = SocketFile(path)
      let bound = try await bind(file)
      try setPermissions(permissions, of: path)
      return bound
    } catch let error as FileError {
      throw ListeningFailure.refused("\(path)", "\(error.reason)")
    }
  }

  /// Returns whether a server listens on an address.
  private static func isAnswered(_ address: SocketAddress, on group: any EventLoopGroup) async throws -> Bool
  {
    do {
      let channel = try await ClientBootstrap(group: group).connect(to: address).get()
      channel.close(promise: nil)
      return true
    } catch let error as IOError where error.errnoCode == ECONNREFUSED {
      return false
    }
  }

  /// Removes the file, but only once: later the path may belong to another server.
  func remove() {
    guard isThere.exchange(false, ordering: .relaxed) else { return }
    // If the file stays behind, the next server takes it for an abandoned socket.
    _ = try? removeFile(path)
  }
}
