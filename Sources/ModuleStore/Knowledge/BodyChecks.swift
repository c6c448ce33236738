internal import Dispatch
internal import Synchronization
internal import Wasm

extension BodyBatch {
  /// Below this number of bytes, starting a thread costs more than it gains.
  private static let sharedSize = 256 << 10

  /// Checks all bodies, on all cores where they are many.
  ///
  /// - Throws: the refusal that comes first in the file.
  func check(in bytes: [UInt8]) throws(ValidationError) -> Features {
    let workers = byteCount < BodyBatch.sharedSize ? 1 : min(availableCores(), count)
    let checks = BodyChecks(self, in: bytes)
    if workers > 1 {
      DispatchQueue.concurrentPerform(iterations: workers) { _ in checks.work() }
    } else {
      checks.work()
    }
    return try checks.outcome()
  }
}

/// Hands out the pieces of a batch in file order and gathers what was found.
private final class BodyChecks: Sendable {
  private let batch: BodyBatch
  private let bytes: [UInt8]
  private let next = Atomic<Int>(0)
  private let state = Mutex(State())

  private struct State {
    var features: Features = []
    var firstRefusal: (piece: Int, error: ValidationError)?
  }

  init(_ batch: BodyBatch, in bytes: [UInt8]) {
    self.batch = batch
    self.bytes = bytes
  }

  /// Checks pieces until there are no more, or one was refused: what is handed out later stands behind it.
  func work() {
    let bytes = bytes
    var features: Features = []
    while state.withLock({ $0.firstRefusal == nil }) {
      let piece = next.wrappingAdd(1, ordering: .relaxed).oldValue
      guard piece < batch.count else { break }
      do throws(ValidationError) {
        features.formUnion(try batch.check(piece, in: bytes.span.bytes))
      } catch {
        state.withLock { state in
          if piece < state.firstRefusal?.piece ?? .max { state.firstRefusal = (piece, error) }
        }
      }
    }
    state.withLock { $0.features.formUnion(features) }
  }

  func outcome() throws(ValidationError) -> Features {
    let (features, refusal) = state.withLock { ($0.features, $0.firstRefusal) }
    if let refusal { throw refusal.error }
    return features
  }
}
