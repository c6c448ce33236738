/// A heap type of the specification, by its code in the binary format.
public enum AbstractHeapType: UInt8, CaseIterable, Sendable {
  /// Exceptions.
  case exception = 0x69
  /// Arrays.
  case array = 0x6a
  /// Structures.
  case structure = 0x6b
  /// 31-bit integers.
  case i31 = 0x6c
  /// Values that can be compared.
  case equatable = 0x6d
  /// All values of WebAssembly, except functions, exceptions and those of the host.
  case any = 0x6e
  /// Values of the host.
  case external = 0x6f
  /// Functions.
  case function = 0x70
  /// No value of `any`.
  case none = 0x71
  /// No value of the host.
  case noExternal = 0x72
  /// No function.
  case noFunction = 0x73
  /// No exception.
  case noException = 0x74

  /// The keyword in the text format.
  var keyword: String {
    switch self {
    case .function: "func"
    case .external: "extern"
    case .any: "any"
    case .equatable: "eq"
    case .i31: "i31"
    case .structure: "struct"
    case .array: "array"
    case .exception: "exn"
    case .none: "none"
    case .noExternal: "noextern"
    case .noFunction: "nofunc"
    case .noException: "noexn"
    }
  }

  /// The short form of the type of nullable references in the text format.
  var nullableKeyword: String {
    switch self {
    case .none: "nullref"
    case .noExternal: "nullexternref"
    case .noFunction: "nullfuncref"
    case .noException: "nullexnref"
    default: keyword + "ref"
    }
  }
}
