/// A dictionary that is a list as long as it is small.
///
/// The first dictionary with keys of some type costs a search through all conformances of the program,
/// 0.1 ms. A command that changes one path needs none.
struct SmallDictionary<Key: Hashable, Value> {
  private var list: [(key: Key, value: Value)] = []
  /// Holds everything as soon as there is too much for the list.
  private var table: [Key: Value]?

  private static var listLimit: Int { 16 }

  /// Keys and values in no order.
  var elements: [(key: Key, value: Value)] { table.map { $0.map { ($0.key, $0.value) } } ?? list }

  /// The value of a key; nil where there is none. Nil takes the key away.
  subscript(key: Key) -> Value? {
    get {
      if let table { return table[key] }
      return list.first { $0.key == key }?.value
    }
    set {
      if table != nil {
        table?[key] = newValue
        return
      }
      list.removeAll { $0.key == key }
      guard let newValue else { return }
      list.append((key, newValue))
      guard list.count > SmallDictionary.listLimit else { return }
      table = Dictionary(uniqueKeysWithValues: list.lazy.map { ($0.key, $0.value) })
      list = []
    }
  }

  /// Takes all keys away.
  mutating func removeAll() { self = SmallDictionary() }
}
