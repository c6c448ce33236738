/// The arguments for a component's imports, in their order.
struct ComponentArguments: Hashable, Sendable {
  var component: Int
  var entities: [ComponentEntity]
}

/// The substitutions for components with arguments that were found to match, so that the time for instantiations does
/// not grow with the product of their number and the size of the imports.
struct ComponentOpenings: Sendable {
  private var known: [ComponentArguments: TypeSubstitution] = [:]
  /// How many more replacements are kept: a few hundred bytes can require a million.
  private var rest = 1_000_000

  subscript(arguments: ComponentArguments) -> TypeSubstitution? { known[arguments] }

  /// Keeps a substitution, if there is space.
  mutating func insert(_ substitution: TypeSubstitution, for arguments: ComponentArguments) {
    let size = arguments.entities.count + substitution.resources.count + substitution.types.count
    guard size <= rest else { return }
    rest -= size
    known[arguments] = substitution
  }
}
