public import Identifiers

/// A set of object ids, for hundreds of thousands of them.
///
/// An id is a hash already, so its first bytes are used as its place in the table. That makes it several times faster
/// than a `Set`, which hashes ids again.
public struct ObjectIDSet: Sendable {
  /// Zero is a free slot.
  private var slots: [ObjectID]
  private var containsZero = false
  /// The number of ids.
  public private(set) var count = 0

  /// Creates an empty set with room for some ids.
  public init(minimumCapacity: Int = 0) {
    var size = 64
    while size < 2 * minimumCapacity { size *= 2 }
    slots = [ObjectID](repeating: .zero, count: size)
  }

  /// Creates a set of the ids of a sequence.
  public init(_ ids: some Sequence<ObjectID>) {
    self.init(minimumCapacity: ids.underestimatedCount)
    for id in ids { insert(id) }
  }

  /// Whether the set is empty.
  public var isEmpty: Bool { count == 0 }

  /// Returns whether an id is in the set.
  public func contains(_ id: ObjectID) -> Bool {
    id == .zero ? containsZero : slots[slot(of: id)] == id
  }

  /// Adds an id; returns false if it was in the set already.
  @discardableResult
  public mutating func insert(_ id: ObjectID) -> Bool {
    if id == .zero {
      let isNew = !containsZero
      containsZero = true
      count += isNew ? 1 : 0
      return isNew
    }
    let place = slot(of: id)
    guard slots[place] != id else { return false }
    slots[place] = id
    count += 1
    if 2 * count > slots.count { enlarge() }
    return true
  }

  /// The slot that holds an id, or the free slot for it.
  private func slot(of id: ObjectID) -> Int {
    let mask = slots.count - 1
    var place = Int(truncatingIfNeeded: id.high) & mask
    while slots[place] != .zero, slots[place] != id { place = (place + 1) & mask }
    return place
  }

  private mutating func enlarge() {
    let old = slots
    slots = [ObjectID](repeating: .zero, count: 2 * old.count)
    for id in old where id != .zero { slots[slot(of: id)] = id }
  }
}

extension ObjectIDSet: Sequence {
  /// The ids in no particular order.
  public func makeIterator() -> AnyIterator<ObjectID> {
    var place = containsZero ? -1 : 0
    return AnyIterator {
      if place < 0 {
        place = 0
        return .zero
      }
      while place < slots.count {
        defer { place += 1 }
        if slots[place] != .zero { return slots[place] }
      }
      return nil
    }
  }
}
