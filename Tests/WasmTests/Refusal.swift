@testable import Wasm

/// The error of a module or component, or nil if it is valid.
func refusal(of bytes: [UInt8], features: Features = .default) -> String? {
  do {
    _ = try validate(bytes, features: features)
    return nil
  } catch {
    return error.description
  }
}

/// The error of a module or component whose bodies are validated separately, or nil if it is valid.
func refusal(ofBatchesOf bytes: [UInt8]) -> String? {
  do {
    let input = bytes.span.bytes
    _ = try validate(input) { (batch) throws(ValidationError) in
      var used: Features = []
      for number in 0..<batch.count { used.formUnion(try batch.check(number, in: input)) }
      return used
    }
    return nil
  } catch {
    return error.description
  }
}

/// The error of a module or component that arrives in pieces, or nil if it is valid.
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
