/// The most recently used bases of deltas.
struct DeltaBases {
  private struct Place: Hashable {
    let pack: ObjectIdentifier
    let offset: Int
  }

  private var newer: [Place: InventoryReader.Object] = [:]
  /// The contents of `newer` when it was last full.
  private var older: [Place: InventoryReader.Object] = [:]
  private var byteCount = 0

  /// The maximum number of bytes in each of the two; objects of more than a quarter are not kept.
  private static let limit = 16 << 20

  mutating func object(at offset: Int, in pack: PackContents) -> InventoryReader.Object? {
    let place = Place(pack: ObjectIdentifier(pack), offset: offset)
    if let object = newer[place] { return object }
    guard let object = older[place] else { return nil }
    insert(object, at: offset, in: pack)
    return object
  }

  mutating func insert(_ object: InventoryReader.Object, at offset: Int, in pack: PackContents) {
    guard object.bytes.count <= DeltaBases.limit / 4 else { return }
    byteCount += object.bytes.count
    if byteCount > DeltaBases.limit {
      swap(&older, &newer)
      newer.removeAll(keepingCapacity: true)
      byteCount = object.bytes.count
    }
    newer[Place(pack: ObjectIdentifier(pack), offset: offset)] = object
  }
}
