internal import Glibc
internal import NIOCore

/// The socket of a connection without TLS, for threads that have something to send and do not wait for the event loop.
///
/// Whoever sends through it makes sure that the event loop does not send meanwhile.
final class DirectSocket: Sendable {
  /// A descriptor of our own: that of the channel may be that of another file once it is closed.
  private let descriptor: CInt

  /// Takes the socket of a channel, on its event loop; nil where it has none.
  init?(_ channel: any Channel) {
    // Without it the event loop sends everything.
    let copy = try? channel.pipeline.syncOperations.withUnsafeTransportIfAvailable(of: CInt.self) {
      fcntl($0, F_DUPFD_CLOEXEC, 0)
    }
    guard let copy, copy >= 0 else { return nil }
    descriptor = copy
  }

  deinit { close(descriptor) }

  /// Sends as much as the system takes at once.
  ///
  /// - Returns: How many bytes; 0 where it takes none, or the connection is over, which the event loop sees too.
  func send(_ bytes: ByteBuffer) -> Int {
    let flags = CInt(MSG_DONTWAIT | MSG_NOSIGNAL)
    return bytes.withUnsafeReadableBytes { max(Glibc.send(descriptor, $0.baseAddress, $0.count, flags), 0) }
  }
}
