internal import HTTPTypes
package import Hummingbird
package import NIOCore

extension Request {
  /// Passes the body in pieces.
  ///
  /// The last piece is shorter or empty.
  ///
  /// - Parameters:
  ///   - length: The length of a piece in bytes. A piece may be a little longer.
  ///   - limit: The maximum length of the body in bytes.
  ///   - take: Processes a piece. The next piece is not read before it returns.
  /// - Throws: `HTTPFailure` with 413 before more than the limit is passed, and the errors of `take`.
  package func forEachPiece(
    of length: Int, upTo limit: Int, _ take: ([UInt8]) async throws -> Void
  ) async throws {
    try requireLength(upTo: limit)
    var piece: [UInt8] = []
    var count = 0
    for try await buffer in body {
      piece += buffer.readableBytesView
      count += buffer.readableBytes
      guard count <= limit else { throw HTTPFailure.bodyTooLarge(limit) }
      if piece.count >= length {
        let full = piece
        piece = []
        try await take(full)
      }
    }
    try await take(piece)
  }

  /// Reads the whole body.
  ///
  /// - Parameter limit: The maximum length of the body in bytes.
  /// - Returns: The bytes.
  /// - Throws: `HTTPFailure` with 413 if the body is longer.
  package func wholeBody(upTo limit: Int) async throws -> ByteBuffer {
    try requireLength(upTo: limit)
    var whole = ByteBuffer()
    for try await var buffer in body {
      guard whole.readableBytes + buffer.readableBytes <= limit else { throw HTTPFailure.bodyTooLarge(limit) }
      whole.writeBuffer(&buffer)
    }
    return whole
  }

  private func requireLength(upTo limit: Int) throws(HTTPFailure) {
    if let length = headers[.contentLength].flatMap({ Int($0) }), length > limit {
      throw .bodyTooLarge(limit)
    }
  }
}

extension HTTPFailure {
  fileprivate static func bodyTooLarge(_ limit: Int) -> HTTPFailure {
    HTTPFailure(.contentTooLarge, invalidInput, "the body is larger than \(limit) bytes")
  }
}
