internal import HTTPTypes
internal import Hummingbird
internal import ModuleStore
internal import NIOCore

/// A module that arrives as the body of a request: judged while it comes, in memory or a temporary file until it is
/// whole. Whatever ends it before leaves nothing behind.
struct Upload: Sendable {
  let served: ServedStore
  /// The most bytes that are taken.
  let limit: Int

  /// The bytes that are judged at a time: a smaller module is handed to another thread once.
  private static let pieceLength = 1 << 18

  /// Receives the body.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - name: What errors call the module.
  /// - Returns: The module.
  /// - Throws: `HTTPFailure` with 413, `StoreError.invalidModule` as soon as the bytes show it.
  func receive(_ request: Request, named name: String) async throws -> SpooledModule {
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > limit { throw tooLarge }
    let module = try await served.readers.run { (session) throws(StoreError) in
      try session.receiveModule(named: name)
    }
    var piece: [UInt8] = []
    for try await buffer in request.body {
      piece += buffer.readableBytesView
      guard module.size + piece.count <= limit else { throw tooLarge }
      if piece.count >= Upload.pieceLength {
        let full = piece
        piece = []
        try await served.readers.run { try module.append(full) }
      }
    }
    let last = piece
    return try await served.readers.run {
      try module.append(last)
      return try module.finish()
    }
  }

  private var tooLarge: HTTPFailure {
    HTTPFailure(.contentTooLarge, "invalid_input", "the body is larger than \(limit) bytes")
  }
}
