/// A set of WebAssembly features.
public struct Features: OptionSet, Hashable, Sendable {
  /// The bits of the set.
  public let rawValue: UInt64

  /// Makes a set of its bits.
  public init(rawValue: UInt64) { self.rawValue = rawValue }

  /// Imports and exports of mutable globals.
  public static let mutableGlobal = Features(rawValue: 1 << 0)
  /// Conversions from floating point that saturate.
  public static let saturatingFloatToInt = Features(rawValue: 1 << 1)
  /// Sign-extension operators.
  public static let signExtension = Features(rawValue: 1 << 2)
  /// Blocks with several parameters and results, functions with several results.
  public static let multiValue = Features(rawValue: 1 << 3)
  /// Bulk memory operations and passive segments.
  public static let bulkMemory = Features(rawValue: 1 << 4)
  /// `funcref`, `externref`, several tables.
  public static let referenceTypes = Features(rawValue: 1 << 5)
  /// 128-bit vectors.
  public static let simd = Features(rawValue: 1 << 6)
  /// Vector operations whose result may differ between machines.
  public static let relaxedSIMD = Features(rawValue: 1 << 7)
  /// Tail calls.
  public static let tailCall = Features(rawValue: 1 << 8)
  /// Integer arithmetic in constant expressions.
  public static let extendedConst = Features(rawValue: 1 << 9)
  /// Several memories.
  public static let multiMemory = Features(rawValue: 1 << 10)
  /// Memories and tables with 64-bit indices.
  public static let memory64 = Features(rawValue: 1 << 11)
  /// Exceptions with `exnref` and `try_table`, and tags.
  public static let exceptions = Features(rawValue: 1 << 12)
  /// Typed function references.
  public static let functionReferences = Features(rawValue: 1 << 13)
  /// Structures, arrays, `i31ref`, recursive type groups and subtyping.
  public static let gc = Features(rawValue: 1 << 14)
  /// Shared memories and atomic operations.
  public static let threads = Features(rawValue: 1 << 15)
  /// The earlier form of exceptions: `try`, `catch`, `delegate`, `rethrow`.
  public static let legacyExceptions = Features(rawValue: 1 << 16)
  /// 128-bit integer addition, subtraction and multiplication.
  public static let wideArithmetic = Features(rawValue: 1 << 17)
  /// Imports that share a module name or a type in the encoding.
  public static let compactImports = Features(rawValue: 1 << 18)
  /// The component model.
  public static let componentModel = Features(rawValue: 1 << 19)
  /// Asynchronous functions, streams and futures of the component model.
  public static let componentAsync = Features(rawValue: 1 << 20)

  /// What is accepted unless something else is asked for: WebAssembly 3.0, threads, legacy exceptions, wide
  /// arithmetic, compact imports and components.
  public static let `default`: Features = [
    .mutableGlobal, .saturatingFloatToInt, .signExtension, .multiValue, .bulkMemory, .referenceTypes, .simd,
    .relaxedSIMD, .tailCall, .extendedConst, .multiMemory, .memory64, .exceptions, .functionReferences, .gc,
    .threads, .legacyExceptions, .wideArithmetic, .compactImports, .componentModel, .componentAsync,
  ]
}
