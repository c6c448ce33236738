/// A set of names, compared byte by byte, each with its index in the order of insertion.
///
/// Swift's own strings compare by Unicode equivalence, under which two different WebAssembly names can be equal.
struct NameTable: Sendable {
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  /// Indices by hash, with open addressing; 0 is empty, other values are the index plus one.
  private var buckets: [UInt32] = []

  var count: Int { ends.count }

  /// Adds a name and returns its index; returns nil and changes nothing if it exists already.
  mutating func insert(_ name: UnsafeBufferPointer<UInt8>) -> Int? {
    if (count + 1) * 2 > buckets.count { grow() }
    let slot = self.slot(of: name)
    guard buckets[slot] == 0 else { return nil }
    bytes.append(contentsOf: name)
    ends.append(bytes.count)
    buckets[slot] = UInt32(count)
    return count - 1
  }

  /// The index of a name, or nil if it is missing.
  func place(of name: UnsafeBufferPointer<UInt8>) -> Int? {
    guard !buckets.isEmpty else { return nil }
    let entry = buckets[slot(of: name)]
    return entry == 0 ? nil : Int(entry) - 1
  }

  /// The name at an index.
  subscript(place: Int) -> String {
    String(decoding: bytes[range(of: place)], as: UTF8.self)
  }

  private func range(of place: Int) -> Range<Int> {
    (place == 0 ? 0 : ends[place - 1])..<ends[place]
  }

  /// The slot that holds the name, or the empty slot for it.
  private func slot(of name: UnsafeBufferPointer<UInt8>) -> Int {
    var slot = NameTable.hash(name) & (buckets.count - 1)
    while buckets[slot] != 0 {
      let known = bytes[range(of: Int(buckets[slot]) - 1)]
      if known.count == name.count && known.elementsEqual(name) { return slot }
      slot = (slot + 1) & (buckets.count - 1)
    }
    return slot
  }

  private mutating func grow() {
    buckets = [UInt32](repeating: 0, count: max(16, buckets.count * 2))
    for place in ends.indices {
      var slot = bytes[range(of: place)].withUnsafeBufferPointer { NameTable.hash($0) } & (buckets.count - 1)
      while buckets[slot] != 0 { slot = (slot + 1) & (buckets.count - 1) }
      buckets[slot] = UInt32(place + 1)
    }
  }

  /// Seeded differently in each process, so that no input can be made to collide.
  private static func hash(_ name: UnsafeBufferPointer<UInt8>) -> Int {
    var hasher = Hasher()
    hasher.combine(bytes: UnsafeRawBufferPointer(name))
    return hasher.finalize()
  }
}
