/// What a component is given for its imports, in their order.
struct ComponentArguments: Hashable, Sendable {
  var component: Int
  var entities: [ComponentEntity]
}

/// What the imports of components stand for with arguments that were found to fit, so that the time for instantiations does
/// not grow with the product of their number and the size of what is imported.
struct ComponentOpenings: Sendable {
  private var known: [ComponentArguments: TypeSubstitution] = [:]
  /// How many more replacements are kept: a few hundred bytes can ask for a million.
  private var rest = 1_000_000

  subscript(arguments: ComponentArguments) -> TypeSubstitution? { known[arguments] }

  /// Keeps what was found, if there is room for it.
  mutating func insert(_ substitution: TypeSubstitution, for arguments: ComponentArguments) {
    let size = arguments.entities.count + substitution.resources.count + substitution.types.count
    guard size <= rest else { return }
    rest -= size
    known[arguments] = substitution
  }
}
