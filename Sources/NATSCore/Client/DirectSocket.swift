internal import Glibc
internal import NIOCore

/// The socket of a connection without TLS, for threads that send without waiting for the event loop.
///
/// The caller makes sure that the event loop does not send at the same time.
final class DirectSocket: Sendable {
  /// An own descriptor: after the channel is closed, its descriptor may refer to another file.
  private let descriptor: CInt

  /// Takes the socket of a channel, on its event loop; nil if it has none.
  init?(_ channel: any Channel) {
    // Without the socket, the event loop sends everything.
    let copy = try? channel.pipeline.syncOperations.withUnsafeTransportIfAvailable(of: CInt.self) {
      fcntl($0, F_DUPFD_CLOEXEC, 0)
    }
    guard let copy, copy >= 0 else { return nil }
    descriptor = copy
  }

  deinit { close(descriptor) }

  /// Sends as many bytes as the system accepts immediately.
  ///
  /// - Returns: The number of bytes; 0 if the system accepts none or the connection has ended, which the event loop
  ///   also detects.
  func send(_ bytes: ByteBuffer) -> Int {
    let flags = CInt(MSG_DONTWAIT | MSG_NOSIGNAL)
    return bytes.withUnsafeReadableBytes { max(Glibc.send(descriptor, $0.baseAddress, $0.count, flags), 0) }
  }
}
