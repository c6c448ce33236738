internal import FileSystem
internal import Wasm

extension BodyBatch {
  /// Below this number of bytes, starting a thread costs more than it gains.
  private static let sharedSize = 256 << 10

  /// Checks all bodies, on all cores if they are large.
  ///
  /// - Throws: The first error in file order.
  func check(in bytes: [UInt8]) throws(ValidationError) -> Features {
    let workers = byteCount < BodyBatch.sharedSize ? 1 : availableCores()
    let features = try inParallel(count, workers: workers) { (piece) throws(ValidationError) in
      try check(piece, in: bytes.span.bytes)
    }
    return features.reduce([]) { $0.union($1) }
  }
}
