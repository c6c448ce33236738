/// What libFuzzer calls with each input: `scripts/fuzz` compiles this file together with `Sources/Wasm`.
///
/// The input is judged as a whole, in pieces cut at random, and with its function bodies checked apart. The three
/// must agree to the letter, and what is found must come through its own encoding and texts unchanged. Then the same
/// bytes are read as an encoded description and as a text. A trap, an address out of bounds or a disagreement ends
/// the process.
@_cdecl("LLVMFuzzerTestOneInput")
public func judge(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  var cuts = Cuts(seed: bytes)
  let features = [Features.default, .default, .all, .wasm2, .mvp][cuts.next(below: 5)]
  let whole = verdict { () throws(ValidationError) in try validate(bytes, features: features) }
  let inPieces = verdict { () throws(ValidationError) in
    var validator = ModuleValidator(features: features)
    var position = 0
    while position < bytes.count {
      let end = min(bytes.count, position + 1 + cuts.next(below: cuts.isFine ? 3 : 200))
      try validator.feed(bytes[position..<end].span.bytes)
      position = end
    }
    return try validator.finish()
  }
  let withBodiesApart = verdict { () throws(ValidationError) in
    try validate(bytes.span.bytes, features: features) { (batch) throws(ValidationError) in
      var used: Features = []
      for piece in 0..<batch.count { used.formUnion(try batch.check(piece, in: bytes.span.bytes)) }
      return used
    }
  }
  guard whole == inPieces, whole == withBodiesApart else {
    preconditionFailure("whole: \(whole); in pieces: \(inPieces); bodies apart: \(withBodiesApart)")
  }
  if case .success(let description) = whole { rewrite(description) }
  rewrite(bytes)
  return 0
}

private func verdict(
  _ judge: () throws(ValidationError) -> ModuleDescription
) -> Result<ModuleDescription, ValidationError> {
  Result { () throws(ValidationError) in try judge() }
}

/// Checks that a description survives its encoding, and the types of a core module their texts.
private func rewrite(_ description: ModuleDescription) {
  guard ModuleDescription(encoded: description.encoded()) == description else {
    preconditionFailure("another description comes out of the encoding of \(description)")
  }
  for type in description.imports.map(\.type) + description.exports.map(\.type) {
    let text = type.text(in: description.encoding)
    precondition(!text.utf8.contains { $0 < 0x20 || $0 == 0x7f }, "a control character in \(text)")
    if description.encoding == .core, ExternalType(parsing: text) != type {
      preconditionFailure("another type comes out of \(text)")
    }
  }
}

/// Reads bytes as an encoded description and as a type's text, and checks that what is read can be written.
private func rewrite(_ bytes: [UInt8]) {
  if let description = ModuleDescription(encoded: bytes) {
    precondition(ModuleDescription(encoded: description.encoded()) == description, "an encoding of its own")
  }
  if let type = ExternalType(parsing: String(decoding: bytes, as: UTF8.self)) {
    precondition(ExternalType(parsing: type.text(in: .core)) == type, "a text of its own")
  }
}

/// Where an input is cut: random, but always the same for the same input, so that a finding can be repeated.
private struct Cuts {
  /// Whether the pieces are of a few bytes.
  let isFine: Bool
  private var state: UInt64

  init(seed bytes: [UInt8]) {
    state = bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x100_0000_01b3 }
    isFine = state >> 60 < 4
  }

  mutating func next(below bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int(state >> 33) % bound
  }
}
