/// The size and depth of a type with all references expanded.
///
/// The limits on both bound the work and the call depth of every traversal of a type.
struct TypeSummary: Hashable, Sendable {
  private(set) var size = 1
  private(set) var depth = 1
  var containsBorrow = false

  /// A type without parts.
  static let leaf = TypeSummary()

  /// A core type or module type with this size.
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
