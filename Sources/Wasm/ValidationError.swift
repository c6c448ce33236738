/// An error in a module or component, with its offset in the file.
public struct ValidationError: Error, Hashable, Sendable {
  /// The class of an error.
  public enum Kind: Hashable, Sendable {
    /// The input ends before the module or component is complete.
    case unexpectedEnd
    /// The bytes do not follow the binary format.
    case malformed
    /// The bytes follow the binary format, but break a validation rule.
    case invalid
    /// The construct belongs to a feature that is not in the accepted set, or not implemented.
    case unsupported
    /// The construct is larger or deeper than the implementation limits allow.
    case limit
  }

  /// The class of the error.
  public let kind: Kind
  /// The offset of the error from the beginning of the input, in bytes.
  public let offset: Int
  /// The reason, without the offset.
  public let message: String
  /// The index of the function whose body has the error, in the module's function index space.
  public internal(set) var functionIndex: Int?
  /// The name of that function, if an export names it.
  public internal(set) var functionName: String?

  /// Whether the error is in the representation of an integer.
  var isOfInteger = false

  init(_ kind: Kind, at offset: Int, _ message: String) {
    self.kind = kind
    self.offset = offset
    self.message = message.printable(upTo: 1_000)
  }

  /// The error for an input that ends too early; its text is always just the message.
  static func unexpectedEnd(at offset: Int) -> ValidationError {
    ValidationError(.unexpectedEnd, at: offset, "unexpected end-of-file")
  }

  /// The same error with the index of its function.
  func inFunction(_ index: Int) -> ValidationError {
    var error = self
    error.functionIndex = index
    return error
  }

  static let lengthOutOfBounds = "unexpected end of section or function: length out of bounds"

  /// The error for a section, body or expression whose own length ends before its contents do.
  ///
  /// The tests of the component model have their own phrase for it.
  func asEndOfEnclosingItem(in encoding: Encoding = .core) -> ValidationError {
    guard kind == .unexpectedEnd else { return self }
    let phrase =
      encoding == .core ? ValidationError.lengthOutOfBounds : "unexpected end-of-file in the section"
    return ValidationError(.malformed, at: offset, phrase)
  }
}

extension ValidationError: CustomStringConvertible {
  /// The message and its offset: `MESSAGE (at offset 0x2a)`, or just the message for a truncated input.
  public var description: String {
    if kind == .unexpectedEnd { return message }
    let place = "at offset 0x\(String(offset, radix: 16))"
    guard let functionIndex else { return "\(message) (\(place))" }
    let name = functionName.map { " \"\($0.quotedName)\"" } ?? ""
    return "\(message) (\(place), function \(functionIndex)\(name))"
  }
}
