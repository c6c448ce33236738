internal import FileSystem
internal import Glibc
internal import NIOCore
internal import NIOPosix
internal import Synchronization
internal import SystemPackage

/// The name that a Unix socket of ours has in the file system.
final class SocketFile: Sendable {
  private let path: FilePath
  private let isThere = Atomic(true)

  private init(_ path: FilePath) { self.path = path }

  /// Who may connect: the owner and the group, which is to write.
  private static let permissions: UInt32 = 0o660
  /// How long to wait for others who use the folder's lock, which they hold for milliseconds.
  private static let patience = Duration.seconds(5)
  private static let pause = Duration.milliseconds(5)

  /// Binds a socket to a name. A socket of that name that nobody listens at any more is removed first.
  ///
  /// Servers that begin at the same moment wait for each other with a lock on the folder, so that none takes the other's
  /// socket, not yet listening, for a dead one.
  ///
  /// - Parameters:
  ///   - path: The name.
  ///   - address: The same, as the system takes it.
  ///   - group: What connects, in order to see whether somebody listens.
  ///   - bind: Binds the socket and listens.
  /// - Returns: What `bind` returns.
  /// - Throws: `ListeningFailure.refused` where somebody listens there, or something else has the name; what `bind` throws.
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

  /// Whether somebody listens.
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

  /// Removes the name, once: after that it may be another server's.
  func remove() {
    guard isThere.exchange(false, ordering: .relaxed) else { return }
    // A name that stays behind is taken for that of a dead server.
    _ = try? removeFile(path)
  }
}
