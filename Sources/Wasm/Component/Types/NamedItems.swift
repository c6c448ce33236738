/// Items in the order of their declaration that are also found by name.
struct NamedItems<Name: Hashable & Sendable, Item: Sendable>: Sendable {
  private(set) var entries: [(name: Name, item: Item)] = []
  private var positions: [Name: Int] = [:]

  var count: Int { entries.count }

  subscript(name: Name) -> Item? {
    guard let position = positions[name] else { return nil }
    return entries[position].item
  }

  /// The item of a name, which is most likely at this position: lists that are compared mostly have the same order.
  func item(_ name: Name, near position: Int) -> Item? {
    if position < entries.count && entries[position].name == name { return entries[position].item }
    return self[name]
  }

  /// Adds an item; false, and nothing is changed, if the name is taken.
  mutating func append(_ name: Name, _ item: Item) -> Bool {
    guard positions[name] == nil else { return false }
    positions[name] = entries.count
    entries.append((name, item))
    return true
  }

  /// Replaces the item at a position.
  mutating func replace(at position: Int, with item: Item) {
    entries[position].item = item
  }
}
