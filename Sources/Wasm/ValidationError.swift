/// A reason to refuse a module or component, with the place in the file where it was found.
public struct ValidationError: Error, Hashable, Sendable {
  /// The class of a refusal.
  public enum Kind: Hashable, Sendable {
    /// The input ends before the module or component is complete.
    case unexpectedEnd
    /// The bytes are not an encoding of the binary format.
    case malformed
    /// The encoding is sound, and what it says breaks a validation rule.
    case invalid
    /// The construct belongs to a feature that the chosen set leaves out, or that is not implemented.
    case unsupported
    /// The construct is larger or deeper than the implementation limits allow.
    case limit
  }

  /// The class of the refusal.
  public let kind: Kind
  /// The offset of the offending byte from the beginning of the input, in bytes.
  public let offset: Int
  /// The reason, without the place.
  public let message: String
  /// The index of the function whose body is at fault, in the module's function index space.
  public internal(set) var functionIndex: Int?
  /// The name of that function, where an export gives one.
  public internal(set) var functionName: String?

  /// Whether the refusal is of the representation of an integer.
  var isOfInteger = false

  init(_ kind: Kind, at offset: Int, _ message: String) {
    self.kind = kind
    self.offset = offset
    self.message = message.printable(upTo: 1_000)
  }

  /// The refusal of an input that ends too early; its text is always the bare message.
  static func unexpectedEnd(at offset: Int) -> ValidationError {
    ValidationError(.unexpectedEnd, at: offset, "unexpected end-of-file")
  }

  /// The same refusal with the function that it was found in.
  func inFunction(_ index: Int) -> ValidationError {
    var error = self
    error.functionIndex = index
    return error
  }

  static let lengthOutOfBounds = "unexpected end of section or function: length out of bounds"

  /// The refusal of a section, body or expression whose own length ends before its contents do.
  ///
  /// The component model's tests have a phrase of their own for it.
  func asEndOfEnclosingItem(in encoding: Encoding = .core) -> ValidationError {
    guard kind == .unexpectedEnd else { return self }
    let phrase =
      encoding == .core ? ValidationError.lengthOutOfBounds : "unexpected end-of-file in the section"
    return ValidationError(.malformed, at: offset, phrase)
  }
}

extension ValidationError: CustomStringConvertible {
  /// The message and its place: `MESSAGE (at offset 0x2a)`, or the bare message for a truncated input.
  public var description: String {
    if kind == .unexpectedEnd { return message }
    let place = "at offset 0x\(String(offset, radix: 16))"
    guard let functionIndex else { return "\(message) (\(place))" }
    let name = functionName.map { " \"\($0.quotedName)\"" } ?? ""
    return "\(message) (\(place), function \(functionIndex)\(name))"
  }
}
