internal import HTTPTypes
package import Hummingbird
package import NIOCore

extension Request {
  /// Passes the body in pieces, and ends with one that is shorter, or empty.
  ///
  /// - Parameters:
  ///   - length: The bytes of a piece, which may be a little longer.
  ///   - limit: The most bytes that are taken.
  ///   - take: Takes a piece; the next one is not read before it returns.
  /// - Throws: `HTTPFailure` with 413 before more than the limit is passed, and what `take` throws.
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
  /// - Parameter limit: The most bytes that are taken.
  /// - Returns: The bytes.
  /// - Throws: `HTTPFailure` with 413 where there are more.
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
