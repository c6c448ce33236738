/// How large and deep a type is when everything that it refers to is written out.
///
/// The limits on both bound the work and the call depth of every walk over a type.
struct TypeSummary: Hashable, Sendable {
  private(set) var size = 1
  private(set) var depth = 1
  var containsBorrow = false

  /// A type without parts.
  static let leaf = TypeSummary()

  /// A core type or module type of this size.
  static func core(size: Int) -> TypeSummary { TypeSummary(size: size) }

  /// Adds a part to an aggregate.
  mutating func add(_ part: TypeSummary, at offset: Int) throws(ValidationError) {
    depth = max(depth, part.depth + 1)
    guard depth <= Limit.componentTypeDepth else {
      throw ValidationError(.limit, at: offset, "type nesting is too deep")
    }
    size += part.size
    guard size < Limit.typeSize else {
      throw ValidationError(
        .limit, at: offset, "effective type size exceeds the limit of \(Limit.typeSize)")
    }
    containsBorrow = containsBorrow || part.containsBorrow
  }
}

extension Limit {
  /// The most parts that a type has when everything it refers to is written out.
  static let typeSize = 1_000_000
  /// The most instances of core modules and components that a component has.
  static let coreAndComponentInstances = 4_096
  /// The most flags of a flags type.
  static let flags = 32
  /// The most bytes that a value takes in linear memory.
  static let valueByteSize: UInt64 = (1 << 28) - 1
}
