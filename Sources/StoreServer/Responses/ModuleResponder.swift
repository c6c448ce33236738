internal import HTTPServing
internal import HTTPTypes
internal import Hummingbird
internal import Identifiers
internal import ModuleStore
internal import NIOCore
internal import StoreJSON

/// Creates responses with a module: the whole module, parts of it, or "not modified".
struct ModuleResponder: Sendable {
  let served: ServedStore

  private static let contentType = "application/wasm"
  /// The number of bytes that are read from a file at a time.
  private static let pieceLength = 1 << 18

  /// Returns the response to a request for a module.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - module: The module.
  ///   - isByHash: Whether the module was requested by its hash, so that the response never changes.
  ///   - context: The context of the request.
  /// - Returns: A response with 200, 206, 304 or 416.
  /// - Throws: `HTTPFailure` with 412 if `If-Match` does not match.
  func response(
    to request: Request, with module: Module, isByHash: Bool, _ context: StoreRequestContext
  ) async throws -> Response {
    let tag = module.digest.hex
    var headers = HTTPFields()
    headers[.wasmstoreHash] = tag
    headers[.eTag] = "\"\(tag)\""
    headers[.acceptRanges] = "bytes"
    headers[.cacheControl] = context.rights.cacheControl(isImmutable: isByHash)
    if let wanted = request.headers[.ifMatch].flatMap({ EntityTags($0) }), !wanted.containsStrongly(tag) {
      throw HTTPFailure(
        .preconditionFailed, ErrorCode.expectationFailed.rawValue, "the path has the module \(tag)")
    }
    if let known = request.headers[.ifNoneMatch].flatMap({ EntityTags($0) }), known.contains(tag) {
      var response = Response(status: .notModified, headers: headers)
      response.headers[.contentLength] = nil
      return response
    }
    headers[.contentType] = ModuleResponder.contentType
    switch ranges(request, module, tag) {
    case .whole:
      guard request.method != .head else { return bodiless(headers, length: module.size) }
      return Response(
        status: .ok, headers: headers, body: try await body([.bytes(0..<module.size)], of: module, context))
    case .unsatisfiable:
      headers[.contentRange] = "bytes */\(module.size)"
      headers[.contentType] = nil
      return Response(status: .rangeNotSatisfiable, headers: headers)
    case .parts(let parts):
      if parts.count == 1 {
        headers[.contentRange] = "bytes \(parts[0].lowerBound)-\(parts[0].upperBound - 1)/\(module.size)"
        return Response(
          status: .partialContent, headers: headers,
          body: try await body([.bytes(parts[0])], of: module, context))
      }
      let boundary = "wasmstore-" + String(UInt64.random(in: 1 << 63 ... .max), radix: 16)
      headers[.contentType] = "multipart/byteranges; boundary=\(boundary)"
      let pieces = ModuleResponder.pieces(parts, of: module, between: boundary)
      return Response(
        status: .partialContent, headers: headers, body: try await body(pieces, of: module, context))
    }
  }

  private func ranges(_ request: Request, _ module: Module, _ tag: String) -> ByteRanges {
    guard request.method == .get, let field = request.headers[.range] else { return .whole }
    if let version = request.headers[.ifRange], version != "\"\(tag)\"" { return .whole }
    return ByteRanges(field, size: module.size)
  }

  private func bodiless(_ headers: HTTPFields, length: Int) -> Response {
    var headers = headers
    headers[.contentLength] = String(length)
    return Response(status: .ok, headers: headers)
  }

  /// A piece of a body.
  private enum Piece: Sendable {
    case text(String)
    case bytes(Range<Int>)

    var count: Int {
      switch self {
      case .text(let text): text.utf8.count
      case .bytes(let range): range.count
      }
    }
  }

  /// Returns the pieces of a body with several parts (RFC 9110, section 14.6).
  private static func pieces(_ parts: [Range<Int>], of module: Module, between boundary: String) -> [Piece] {
    var pieces: [Piece] = []
    for part in parts {
      pieces.append(
        .text(
          "\r\n--\(boundary)\r\nContent-Type: \(contentType)\r\n"
            + "Content-Range: bytes \(part.lowerBound)-\(part.upperBound - 1)/\(module.size)\r\n\r\n"))
      pieces.append(.bytes(part))
    }
    return pieces + [.text("\r\n--\(boundary)--\r\n")]
  }

  private func body(_ pieces: [Piece], of module: Module, _ context: StoreRequestContext) async throws
    -> ResponseBody
  {
    let (readers, loop) = (served.readers, context.channel.eventLoop)
    switch try await served.bytes(of: module) {
    case .memory(let buffer):
      let buffers = pieces.compactMap { piece in
        switch piece {
        case .text(let text): ByteBuffer(string: text)
        case .bytes(let range):
          buffer.getSlice(at: buffer.readerIndex + range.lowerBound, length: range.count)
        }
      }
      return buffers.count == 1 ? ResponseBody(byteBuffer: buffers[0]) : ResponseBody(contentsOf: buffers)
    case .file(let file):
      return ResponseBody(contentLength: pieces.reduce(0) { $0 + $1.count }) { writer in
        for piece in pieces {
          switch piece {
          case .text(let text): try await writer.write(ByteBuffer(string: text))
          case .bytes(let range):
            for start in stride(from: range.lowerBound, to: range.upperBound, by: ModuleResponder.pieceLength)
            {
              let part = start..<min(start + ModuleResponder.pieceLength, range.upperBound)
              try await writer.write(try await readers.run { try file.bytes(part) })
              // A write waits only after the event loop has noticed that the connection is full. Without this round
              // trip, the file would be read on for a client that does not receive.
              try await loop.submit {}.get()
            }
          }
        }
        try await writer.finish(nil)
      }
    }
  }
}

extension AccessRights {
  /// Returns the value of `Cache-Control` for a response.
  func cacheControl(isImmutable: Bool) -> String {
    switch (isImmutable, isPrivate) {
    case (true, false): "public, max-age=31536000, immutable"
    case (true, true): "private, max-age=31536000, immutable"
    case (false, false): "no-cache"
    case (false, true): "private, no-cache"
    }
  }
}
