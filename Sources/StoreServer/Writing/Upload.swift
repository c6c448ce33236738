internal import HTTPServing
internal import HTTPTypes
internal import Hummingbird
internal import ModuleStore
internal import NIOCore

/// Receives a module or an archive as the body of a request.
///
/// A module is validated while it arrives, and is kept in memory or in a temporary file until it is complete. An upload
/// that fails leaves no file behind.
struct Upload: Sendable {
  let served: ServedStore
  /// The maximum size of the body in bytes.
  let limit: Int

  /// The size of the pieces that are validated at a time. A smaller module is passed to another thread only once.
  private static let pieceLength = 1 << 18

  /// Receives the body as a module.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - name: The name of the module in errors.
  /// - Returns: The module.
  /// - Throws: `HTTPFailure` with 413; `StoreError.invalidModule` as soon as the module is known to be invalid.
  func receive(_ request: Request, named name: String) async throws -> SpooledModule {
    let module = try await served.readers.run { (session) throws(StoreError) in
      try session.receiveModule(named: name)
    }
    try await forEachPiece(of: request) { piece in try module.append(piece) }
    return try await served.readers.run { try module.finish() }
  }

  /// Receives the body as an archive.
  ///
  /// - Parameter request: The request.
  /// - Returns: The archive.
  /// - Throws: `HTTPFailure` with 413.
  func receiveArchive(_ request: Request) async throws -> IncomingArchive {
    let archive = try await served.readers.run { (session) throws(StoreError) in try session.receiveArchive()
    }
    try await forEachPiece(of: request) { piece in try archive.append(piece) }
    return archive
  }

  /// Passes the body in pieces to a thread that may block.
  ///
  /// An empty body is passed as one empty piece.
  ///
  /// - Throws: `HTTPFailure` with 413 before more than the limit is passed, and the errors of `take`.
  private func forEachPiece(
    of request: Request, _ take: @escaping @Sendable ([UInt8]) throws -> Void
  ) async throws {
    try await request.forEachPiece(of: Upload.pieceLength, upTo: limit) { piece in
      try await served.readers.run { try take(piece) }
    }
  }
}
