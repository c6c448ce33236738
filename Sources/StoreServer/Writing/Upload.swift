internal import HTTPServing
internal import HTTPTypes
internal import Hummingbird
internal import ModuleStore
internal import NIOCore

/// A module or an archive that arrives as the body of a request. A module is judged while it comes, in memory or a
/// temporary file until it is whole. Whatever ends it before leaves nothing behind.
struct Upload: Sendable {
  let served: ServedStore
  /// The most bytes that are taken.
  let limit: Int

  /// The bytes that are judged at a time: a smaller module is handed to another thread once.
  private static let pieceLength = 1 << 18

  /// Receives the body as a module.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - name: What errors call the module.
  /// - Returns: The module.
  /// - Throws: `HTTPFailure` with 413, `StoreError.invalidModule` as soon as the bytes show it.
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

  /// Passes the body in pieces, on a thread that may wait, and ends with an empty one where the body is empty.
  ///
  /// - Throws: `HTTPFailure` with 413 before more than the limit is passed, and what `take` throws.
  private func forEachPiece(
    of request: Request, _ take: @escaping @Sendable ([UInt8]) throws -> Void
  ) async throws {
    try await request.forEachPiece(of: Upload.pieceLength, upTo: limit) { piece in
      try await served.readers.run { try take(piece) }
    }
  }
}
