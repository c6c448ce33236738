/// A comparison of two types of the compared components by what the names in them mean.
struct TypeComparison {
  /// A type, or a part of one, in the context of the names in it.
  private struct Term {
    var type: ValueTypeDescription
    var context: InterfaceNames.Context
    /// The number of types around it, and of names that were replaced by definitions.
    var depth = 0

    func part(_ type: ValueTypeDescription) -> Term { Term(type: type, context: context, depth: depth + 1) }
  }

  private let names: InterfaceNames
  /// Whether the definitions of types are compared instead of their names, so that the names do not matter; only
  /// resources keep theirs.
  private let isExpanding: Bool
  /// The number of types, and of labels in them, that were compared.
  private(set) var count = 0

  /// The maximum number of types to compare. With more, the result is uncertain: a few hundred bytes can mean a million
  /// types.
  private static let countLimit = 1 << 16
  /// The maximum depth of types with definitions in place of names.
  private static let depthLimit = 2 * ModuleDescription.deepestType

  init(_ names: InterfaceNames, isExpanding: Bool) {
    self.names = names
    self.isExpanding = isExpanding
  }

  /// Whether two types are certainly the same.
  mutating func areEqual(_ old: ValueTypeDescription, _ new: ValueTypeDescription) -> Bool {
    areEqual(Term(type: old, context: names.context), Term(type: new, context: names.context))
  }

  private mutating func areEqual(_ old: Term, _ new: Term) -> Bool {
    var (old, new) = (old, new)
    let (before, after) = (resolve(&old, on: .old), resolve(&new, on: .new))
    count += 1 + old.type.labelCount
    guard count <= Self.countLimit, max(old.depth, new.depth) <= Self.depthLimit else { return false }
    if case .named = old.type, case .named = new.type { return before == after }
    return old.type.matches(new.type) { areEqual(old.part($0), new.part($1)) }
  }

  /// Replaces a name by the definition of the type if that is wanted and known. Otherwise returns its meaning; nil for a
  /// type without a name.
  private mutating func resolve(_ term: inout Term, on side: InterfaceNames.Side) -> InterfaceNames.Meaning? {
    while case .named(let reference) = term.type {
      let type = names.type(named: reference, in: term.context, on: side)
      guard isExpanding, let definition = type.definition, term.depth <= Self.depthLimit else {
        return type.meaning
      }
      count += 1
      term = Term(type: definition.type, context: definition.context, depth: term.depth + 1)
    }
    return nil
  }
}

extension ValueTypeDescription {
  /// The number of labels that have no type.
  fileprivate var labelCount: Int {
    switch self {
    case .flags(let names), .enumeration(let names): names.count
    default: 0
    }
  }

  /// Whether another type has the same form, and the parts of both are equal.
  fileprivate func matches(
    _ other: ValueTypeDescription, _ areEqual: (ValueTypeDescription, ValueTypeDescription) -> Bool
  ) -> Bool {
    func areSame(_ first: ValueTypeDescription?, _ second: ValueTypeDescription?) -> Bool {
      guard let first, let second else { return first == nil && second == nil }
      return areEqual(first, second)
    }
    switch (self, other) {
    case (.record(let first), .record(let second)):
      return first.count == second.count
        && zip(first, second).allSatisfy { $0.name == $1.name && areEqual($0.type, $1.type) }
    case (.variant(let first), .variant(let second)):
      return first.count == second.count
        && zip(first, second).allSatisfy { $0.name == $1.name && areSame($0.type, $1.type) }
    case (.tuple(let first), .tuple(let second)):
      return first.count == second.count && zip(first, second).allSatisfy { areEqual($0, $1) }
    case (.list(let first), .list(let second)), (.option(let first), .option(let second)),
      (.borrow(let first), .borrow(let second)):
      return areEqual(first, second)
    case (.map(let firstKey, let firstValue), .map(let secondKey, let secondValue)):
      return areEqual(firstKey, secondKey) && areEqual(firstValue, secondValue)
    case (.result(let firstOK, let firstError), .result(let secondOK, let secondError)):
      return areSame(firstOK, secondOK) && areSame(firstError, secondError)
    case (.stream(let first), .stream(let second)), (.future(let first), .future(let second)):
      return areSame(first, second)
    default: return self == other
    }
  }
}
