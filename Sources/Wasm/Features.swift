/// A set of WebAssembly features.
public struct Features: OptionSet, Hashable, Sendable {
  /// The bits of the set.
  public let rawValue: UInt64

  /// Makes a set from its bits.
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

  /// Hints for the direction of branches. They are in a custom section, so they are recorded but never an error.
  public static let branchHints = Features(rawValue: 1 << 21)
  /// Memories with a page size other than 64 KiB.
  public static let customPageSizes = Features(rawValue: 1 << 22)
  /// Both forms of exceptions in one module; engines that support each form reject this. It is recorded but never an
  /// error.
  public static let mixedExceptions = Features(rawValue: 1 << 23)

  /// `array.new_fixed` with more operands than the JavaScript interface allows. It is recorded but never an error.
  public static let largeFixedArrays = Features(rawValue: 1 << 24)

  /// The part of `exceptions` that the earlier form does not have: `exnref`, `try_table` and `throw_ref`. It is used to
  /// detect a mix of both forms, and is never part of a result.
  static let exceptionReferences = Features(rawValue: 1 << 62)

  /// Nothing beyond the first version of the binary format.
  public static let mvp: Features = []

  /// WebAssembly 1.0.
  public static let wasm1: Features = [.mutableGlobal]

  /// WebAssembly 2.0.
  public static let wasm2: Features = [
    .mutableGlobal, .saturatingFloatToInt, .signExtension, .multiValue, .bulkMemory, .referenceTypes, .simd,
  ]

  /// WebAssembly 3.0.
  public static let wasm3: Features = [
    .wasm2, .relaxedSIMD, .tailCall, .extendedConst, .multiMemory, .memory64, .exceptions,
    .functionReferences, .gc,
  ]

  /// The accepted features: this set, and the internal parts of its features.
  var withParts: Features { contains(.exceptions) ? union(.exceptionReferences) : self }

  /// The used features of a module, from the internal parts that it uses: `mixedExceptions` is added if it uses both
  /// forms of exceptions.
  var withoutParts: Features {
    let mixture: Features = [.legacyExceptions, .exceptionReferences]
    return (isSuperset(of: mixture) ? union(.mixedExceptions) : self).subtracting(.exceptionReferences)
  }

  /// The features accepted by default: WebAssembly 3.0, threads, legacy exceptions, wide arithmetic, compact imports
  /// and components.
  public static let `default`: Features = [
    .wasm3, .threads, .legacyExceptions, .wideArithmetic, .compactImports, .branchHints, .componentModel,
    .componentAsync, .mixedExceptions, .largeFixedArrays,
  ]

  /// All features that are implemented.
  public static let all: Features = [.default, .customPageSizes]
}

extension Features: CustomStringConvertible {
  /// The features by name, in the order of their definition.
  private static let names: [(name: String, feature: Features)] = [
    ("mutable-global", .mutableGlobal),
    ("saturating-float-to-int", .saturatingFloatToInt),
    ("sign-extension", .signExtension),
    ("multi-value", .multiValue),
    ("bulk-memory", .bulkMemory),
    ("reference-types", .referenceTypes),
    ("simd", .simd),
    ("relaxed-simd", .relaxedSIMD),
    ("tail-call", .tailCall),
    ("extended-const", .extendedConst),
    ("multi-memory", .multiMemory),
    ("memory64", .memory64),
    ("exceptions", .exceptions),
    ("function-references", .functionReferences),
    ("gc", .gc),
    ("threads", .threads),
    ("legacy-exceptions", .legacyExceptions),
    ("wide-arithmetic", .wideArithmetic),
    ("compact-imports", .compactImports),
    ("component-model", .componentModel),
    ("cm-async", .componentAsync),
    ("branch-hinting", .branchHints),
    ("custom-page-sizes", .customPageSizes),
    ("mixed-exceptions", .mixedExceptions),
    ("large-fixed-arrays", .largeFixedArrays),
  ]

  /// The sets by name.
  private static let sets: [(name: String, features: Features)] = [
    ("mvp", .mvp), ("wasm1", .wasm1), ("wasm2", .wasm2), ("wasm3", .wasm3), ("default", .default),
    ("all", .all),
  ]

  /// Makes the set of one feature; nil if the name is unknown.
  public init?(named name: String) {
    guard let entry = Features.names.first(where: { $0.name == name }) else { return nil }
    self = entry.feature
  }

  /// The names of the features, in the order of their definition.
  public var featureNames: [String] {
    Features.names.filter { contains($0.feature) }.map(\.name)
  }

  /// The names of the features, joined by commas.
  public var description: String { featureNames.joined(separator: ",") }

  /// Parses a list of names joined by commas, from left to right, starting with the default set: the name of a set
  /// replaces the set so far, `+NAME` or `NAME` adds a feature, `-NAME` removes one.
  ///
  /// - Throws: `UnknownFeature` for the first name that is neither a feature nor a set.
  public init(parsing list: String) throws(UnknownFeature) {
    var result = Features.default
    for part in list.split(separator: ",") {
      if let set = Features.sets.first(where: { $0.name == part }) {
        result = set.features
        continue
      }
      let removes = part.hasPrefix("-")
      let name = removes || part.hasPrefix("+") ? part.dropFirst() : part
      guard let entry = Features.names.first(where: { $0.name == name }) else {
        throw UnknownFeature(name: String(name))
      }
      if removes { result.remove(entry.feature) } else { result.insert(entry.feature) }
    }
    self = result
  }

  /// The names allowed in a list: those of the sets, then those of the features.
  public static var knownNames: [String] { sets.map(\.name) + names.map(\.name) }
}

/// A name in a list of features that is neither a feature nor a set.
public struct UnknownFeature: Error, Hashable, Sendable {
  /// The name, without the sign before it.
  public let name: String
}
