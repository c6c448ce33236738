/// The names of a component's imported or exported resource types, which the names of constructors, methods and static
/// functions must match.
struct ResourceNames: Sendable {
  private var names: [ResourceID: String] = [:]
  private var all: Set<String> = []

  mutating func insert(_ resource: ResourceID, named name: String) {
    names[resource] = name
    all.insert(name)
  }

  func contains(_ name: String) -> Bool { all.contains(name) }

  /// Checks that a resource has this name.
  func check(_ resource: ResourceID, isNamed name: String, at offset: Int) throws(ValidationError) {
    guard let expected = names[resource] else {
      throw ValidationError(
        .invalid, at: offset, "resource used in function does not have a name in this context")
    }
    guard name == expected else {
      throw ValidationError(
        .invalid, at: offset, "function does not match expected resource name `\(expected.quotedName)`")
    }
  }
}
