extension InterfaceNames {
  /// Whether two functions, or two definitions, are certainly the same; other kinds of items are compared as they are.
  mutating func areEqual(_ old: ExternalType, _ new: ExternalType) -> Bool {
    switch (old, new) {
    case (.type(let before), .type(let after)): return areEqual(before, after)
    case (.typeOf(let before), .typeOf(let after)): return areEqual(before, after)
    case (.function(let before), .function(let after)): return areEqual(before, after)
    case (.instance(let before, let oldInterface), .instance(let after, let newInterface)):
      guard oldInterface.map({ ExactName($0) }) == newInterface.map({ ExactName($0) }),
        before.map({ ExactName($0.name) }) == after.map({ ExactName($0.name) })
      else { return false }
      enterInterface(before.map(InterfaceItem.init), after.map(InterfaceItem.init))
      defer { leaveInterface() }
      for (before, after) in zip(before, after) where !areEqual(before.type, after.type) { return false }
      return true
    case (.component(let imports, let exports), .component):
      // It has names of its own. So it is only the same if it is written in the same way.
      guard old == new else { return false }
      let items = InterfaceItems(imports, exports)
      enterComponent(items, items)
      defer { leaveComponent() }
      for item in items.imports + items.exports where !areEqual(item.type, item.type) { return false }
      return true
    default: return old == new
    }
  }

  private mutating func areEqual(_ old: FunctionSignature, _ new: FunctionSignature) -> Bool {
    guard old.isAsync == new.isAsync, old.definedType == new.definedType,
      old.parameters.map(\.name) == new.parameters.map(\.name), old.results.count == new.results.count
    else { return false }
    for (before, after) in zip(old.parameters, new.parameters) where !areEqual(before.type, after.type) {
      return false
    }
    for (before, after) in zip(old.results, new.results) where !areEqual(before, after) { return false }
    return true
  }

  private mutating func areEqual(_ old: ValueTypeDescription, _ new: ValueTypeDescription) -> Bool {
    if areSame, old == new { return true }
    if !areSame {
      var comparison = TypeComparison(self, isExpanding: false)
      if comparison.areEqual(old, new) { return true }
    }
    guard expansionBudget > 0 else { return false }
    var comparison = TypeComparison(self, isExpanding: true)
    defer { expansionBudget -= comparison.count }
    return comparison.areEqual(old, new)
  }
}
