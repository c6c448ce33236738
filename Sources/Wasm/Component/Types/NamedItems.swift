/// Items in the order of declaration that can also be looked up by name; some name an interface that they implement.
struct NamedItems<Name: Hashable & Sendable, Item: Sendable>: Sendable {
  private(set) var entries: [(name: Name, item: Item)] = []
  private var positions: [Name: Int] = [:]
  private var implemented: [Int: String] = [:]

  var count: Int { entries.count }

  subscript(name: Name) -> Item? {
    guard let position = positions[name] else { return nil }
    return entries[position].item
  }

  /// The item with a name, which is probably at this position: compared lists mostly have the same order.
  func item(_ name: Name, near position: Int) -> Item? {
    if position < entries.count && entries[position].name == name { return entries[position].item }
    return self[name]
  }

  /// The interface that the item at a position implements, if it names one.
  func interface(at position: Int) -> String? { implemented.isEmpty ? nil : implemented[position] }

  /// Adds an item; returns false, and changes nothing, if the name exists.
  mutating func append(_ name: Name, _ item: Item, implementing interface: String? = nil) -> Bool {
    guard positions[name] == nil else { return false }
    positions[name] = entries.count
    if let interface { implemented[entries.count] = interface }
    entries.append((name, item))
    return true
  }

  /// Replaces the item at a position.
  mutating func replace(at position: Int, with item: Item) {
    entries[position].item = item
  }
}
