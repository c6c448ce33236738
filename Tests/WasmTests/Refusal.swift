@testable import Wasm

/// What is said against a module or component, or nil if it is accepted.
func refusal(of bytes: [UInt8], features: Features = .default) -> String? {
  do {
    _ = try validate(bytes, features: features)
    return nil
  } catch {
    return error.description
  }
}

/// What is said against a module or component that comes in pieces, or nil if it is accepted.
func refusal(ofPieces pieces: [ArraySlice<UInt8>]) -> String? {
  var validator = ModuleValidator()
  do {
    for piece in pieces { try validator.feed(piece.span.bytes) }
    _ = try validator.finish()
    return nil
  } catch {
    return error.description
  }
}
