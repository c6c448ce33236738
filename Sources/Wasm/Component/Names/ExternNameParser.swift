/// A parser of the names of imports and exports.
struct ExternNameParser {
  private var rest: ArraySlice<UInt8>
  private let offset: Int

  init(_ text: String, at offset: Int) {
    rest = Array(text.utf8)[...]
    self.offset = offset
  }

  mutating func parse() throws(ValidationError) -> ExternName.Kind {
    let kind = try parseKind()
    guard rest.isEmpty else { throw refusal("trailing characters found: `\(text(rest).quotedName)`") }
    return kind
  }

  private mutating func parseKind() throws(ValidationError) -> ExternName.Kind {
    if skip("[constructor]") { return .constructor(resource: text(try remainingLabel())) }
    if skip("[method]") {
      let (resource, name) = try resourceAndName()
      return .method(resource: resource, name: name)
    }
    if skip("[static]") {
      let (resource, name) = try resourceAndName()
      return .staticMethod(resource: resource, name: name)
    }
    if rest.contains(UInt8(ascii: ":")) {
      try skipInterfaceName()
      return .interface
    }
    _ = try remainingLabel()
    return .label
  }

  private mutating func resourceAndName() throws(ValidationError) -> (String, String) {
    let resource = try label(try take(upTo: "."))
    rest.removeFirst()
    return (text(resource), text(try remainingLabel()))
  }

  /// Skips the name of an interface; the text after `@` is checked where the name is used.
  private mutating func skipInterfaceName() throws(ValidationError) {
    try skipLowercaseLabel()
    try expect(":")
    try skipLowercaseLabel()
    guard skip("/") else { throw refusal("expected `/` after package name") }
    _ = try nextLabel()
    guard skip("@") else { return }
    rest = []
  }

  private mutating func skipLowercaseLabel() throws(ValidationError) {
    let label = try nextLabel()
    guard let upper = label.first(where: { $0.asciiLowercased != $0 }) else { return }
    throw refusal(
      "character `\(Character(Unicode.Scalar(upper)))` is not lowercase in package name/namespace")
  }

  /// Reads the next letters, digits and hyphens, which must be a label.
  private mutating func nextLabel() throws(ValidationError) -> ArraySlice<UInt8> {
    let name = rest.prefix { byte in
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"):
        true
      default: false
      }
    }
    rest = rest.dropFirst(name.count)
    return try label(name)
  }

  private mutating func remainingLabel() throws(ValidationError) -> ArraySlice<UInt8> {
    let name = rest
    rest = []
    return try label(name)
  }

  private func label(_ name: ArraySlice<UInt8>) throws(ValidationError) -> ArraySlice<UInt8> {
    guard name.isLabel else { throw refusal("`\(text(name).quotedName)` is not in kebab case") }
    return name
  }

  /// Reads the text before a character, which must be there.
  private mutating func take(upTo character: Unicode.Scalar) throws(ValidationError) -> ArraySlice<UInt8> {
    guard let end = rest.firstIndex(of: UInt8(ascii: character)) else {
      throw refusal("failed to find `\(character)` character")
    }
    defer { rest = rest[end...] }
    return rest[..<end]
  }

  private mutating func skip(_ prefix: String) -> Bool {
    guard rest.starts(with: prefix.utf8) else { return false }
    rest = rest.dropFirst(prefix.utf8.count)
    return true
  }

  private mutating func expect(_ prefix: String) throws(ValidationError) {
    guard skip(prefix) else { throw refusal("expected `\(prefix)` at `\(text(rest).quotedName)`") }
  }

  private func text(_ bytes: ArraySlice<UInt8>) -> String { String(decoding: bytes, as: UTF8.self) }

  private func refusal(_ message: String) -> ValidationError {
    ValidationError(.invalid, at: offset, message)
  }
}
