internal import ClientConnections
internal import NIOCore
internal import NIOSSL

/// Reads what a server sends over one connection, and logs in. It is used only on the client's event loop.
final class ConnectionHandler: ChannelInboundHandler {
  typealias InboundIn = ByteBuffer

  /// The stage of a connection.
  private enum Stage {
    /// Waiting for the server's greeting.
    case greeting
    /// Waiting for the response to the login.
    case login
    case open
    case over
  }

  private let client: NATSClient
  private let address: NATSServerAddress
  private let ready: EventLoopPromise<Void>
  private var stage = Stage.greeting
  private var isSecure = false
  private var parser = FrameParser()
  private var unread = ByteBuffer()
  private var info = ServerInfo()
  private var failure: NATSError?
  /// The receivers of messages from the bytes that are being read. They are woken after all bytes are read, because
  /// each wake costs as much as reading many messages.
  private var receivers: [any MessageReceiver] = []

  init(_ client: NATSClient, _ address: NATSServerAddress, ready: EventLoopPromise<Void>) {
    self.client = client
    self.address = address
    self.ready = ready
  }

  // MARK: Reading

  func channelRead(context: ChannelHandlerContext, data: NIOAny) {
    var bytes = unwrapInboundIn(data)
    var isOurs = unread.readableBytes > 0
    if isOurs {
      unread.reserveCapacity(
        minimumWritableBytes: max(bytes.readableBytes, parser.wanted - unread.readableBytes))
      unread.writeBuffer(&bytes)
      swap(&unread, &bytes)
      unread = ByteBuffer()
    }
    do {
      while stage != .over, let frame = try parser.next(in: bytes.readableBytesUInt8Span) {
        isOurs = false
        take(frame, bytes, context)
        bytes.moveReaderIndex(forwardBy: frame.length)
      }
    } catch {
      wakeReceivers()
      end(.malformed(error.reason), context)
      return
    }
    wakeReceivers()
    guard stage != .over, bytes.readableBytes > 0 else { return }
    if isOurs {
      unread = bytes
    } else {
      // Messages keep the buffer that was read, so the next bytes go to another buffer, as large as the next message.
      unread = context.channel.allocator.buffer(capacity: max(parser.wanted, 2 * bytes.readableBytes))
      unread.writeImmutableBuffer(bytes)
    }
  }

  /// Wakes the tasks that wait for the messages that were read.
  private func wakeReceivers() {
    for receiver in receivers { receiver.wake() }
    receivers.removeAll(keepingCapacity: true)
  }

  private func take(_ frame: Frame, _ bytes: ByteBuffer, _ context: ChannelHandlerContext) {
    switch frame.kind {
    case .message:
      guard stage == .open else { return end(.malformed("it sent a message before the login"), context) }
      let receiver = client.take(NATSMessage(frame, in: bytes), for: frame.subscription)
      if let receiver, receiver !== receivers.last { receivers.append(receiver) }
    case .info: greet(payload(frame, bytes), rest: bytes.readableBytes - frame.length, context)
    case .ping where stage == .open: client.answerPing()
    case .ping: context.writeAndFlush(NIOAny(ByteBuffer(string: "PONG\r\n")), promise: nil)
    case .pong: pong(context)
    case .acknowledgement: break
    case .failure: report(String(decoding: payload(frame, bytes), as: UTF8.self), context)
    }
  }

  private func payload(_ frame: Frame, _ bytes: ByteBuffer) -> [UInt8] {
    bytes.getBytes(at: bytes.readerIndex + frame.payload.lowerBound, length: frame.payload.count) ?? []
  }

  // MARK: Logging in

  /// Handles the server's description of itself: its greeting, or news of its cluster.
  private func greet(_ json: [UInt8], rest: Int, _ context: ChannelHandlerContext) {
    do throws(ProtocolViolation) {
      info = try ServerInfo(parsing: json)
    } catch {
      return end(.malformed(error.reason), context)
    }
    guard stage == .greeting else { return client.update(info) }
    do throws(NATSError) {
      if client.options.tls == .required || (info.requiresTLS && client.options.tls == .whereRequired) {
        guard info.requiresTLS || info.offersTLS else { throw .unsupported("TLS") }
        // Bytes after the greeting were not encrypted and may come from anyone.
        guard rest == 0 else { throw .malformed("it sent data before the TLS handshake") }
        try secure(context.channel, for: address)
      }
      let login = try Login.line(client.options, info)
      stage = .login
      context.writeAndFlush(NIOAny(ByteBuffer(string: login + "\r\nPING\r\n")), promise: nil)
    } catch {
      end(error, context)
    }
  }

  /// Adds TLS to the connection.
  func secure(_ channel: any Channel, for address: NATSServerAddress) throws(NATSError) {
    do {
      let tls = try client.tlsContext()
      let isAddress = (try? SocketAddress(ipAddress: address.host, port: 0)) != nil
      let handler = try NIOSSLClientHandler(context: tls, serverHostname: isAddress ? nil : address.host)
      try channel.pipeline.syncOperations.addHandler(handler, position: .first)
      isSecure = true
    } catch let error as NATSError {
      throw error
    } catch {
      throw .unreachable("\(address)", ConnectionFailure(error) ?? .insecure(.failed("\(error)")))
    }
  }

  private func pong(_ context: ChannelHandlerContext) {
    switch stage {
    case .login:
      stage = .open
      client.opened(context.channel, isSecure ? nil : DirectSocket(context.channel), info, address)
      ready.succeed()
    case .open: client.takePong()
    case .greeting, .over: break
    }
  }

  // MARK: Errors

  private func report(_ words: String, _ context: ChannelHandlerContext) {
    let lower = words.lowercased()
    if stage != .open || lower.hasPrefix("authorization") || lower.hasPrefix("authentication")
      || lower.contains("authentication expired")
    {
      let isLogin =
        lower.hasPrefix("authorization") || lower.hasPrefix("authentication") || lower.contains("auth")
      end(isLogin ? .unauthorized(words) : .reported(words), context)
    } else {
      client.take(report: words)
    }
  }

  /// Ends the connection with an error.
  private func end(_ error: NATSError, _ context: ChannelHandlerContext) {
    failure = failure ?? error
    context.close(promise: nil)
  }

  func errorCaught(context: ChannelHandlerContext, error: any Error) {
    if case NIOSSLError.uncleanShutdown = error, stage == .open { return }
    end(ConnectionFailure(error).map { .unreachable("\(address)", $0) } ?? .refused("\(address)"), context)
  }

  func channelInactive(context: ChannelHandlerContext) {
    let wasOpen = stage == .open
    stage = .over
    if wasOpen {
      client.lost(failure ?? .disconnected, context.channel)
    } else {
      ready.fail(failure ?? .refused("\(address)"))
    }
  }

  func channelWritabilityChanged(context: ChannelHandlerContext) {}
}
