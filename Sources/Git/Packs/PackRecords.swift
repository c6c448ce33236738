internal import Identifiers

/// The place of one object in a pack, in 32 bytes.
struct PackRecord {
  var id: ObjectID
  /// The CRC-32 of the entry as it is in the pack.
  var checksum: UInt32
  /// The entry's offset in the pack; 0, the offset of the pack's header, until the entry is written.
  var offset: UInt64
}

/// Lists the objects of a pack that is being written, each once.
struct PackRecords {
  private(set) var entries: [PackRecord] = []
  private(set) var writtenCount = 0
  /// A hash table of positions in `entries`, counted from 1; 0 is a free slot. A set of ids would store each id a
  /// second time.
  private var slots = [UInt32](repeating: 0, count: 1024)

  /// Adds an object that is going to be written, and returns its position; nil if it is listed already.
  mutating func claim(_ id: ObjectID) throws(GitError) -> Int? {
    guard entries.count < Int(UInt32.max) else { throw GitError(.failed, "a pack cannot have more objects") }
    if 2 * (entries.count + 1) > slots.count { enlarge() }
    let slot = slot(for: id)
    guard slots[slot] == 0 else { return nil }
    entries.append(PackRecord(id: id, checksum: 0, offset: 0))
    slots[slot] = UInt32(entries.count)
    return entries.count - 1
  }

  /// Records where an object was written.
  mutating func place(_ position: Int, offset: UInt64, checksum: UInt32) {
    entries[position].offset = offset
    entries[position].checksum = checksum
    writtenCount += 1
  }

  /// Empties the list and returns the records sorted by id.
  mutating func takeSorted() -> [PackRecord] {
    var sorted: [PackRecord] = []
    swap(&sorted, &entries)
    slots = []
    sorted.sort { $0.id < $1.id }
    return sorted
  }

  private func slot(for id: ObjectID) -> Int {
    var slot = id.hashValue & (slots.count - 1)
    while slots[slot] != 0, entries[Int(slots[slot]) - 1].id != id { slot = (slot + 1) & (slots.count - 1) }
    return slot
  }

  private mutating func enlarge() {
    slots = [UInt32](repeating: 0, count: 2 * slots.count)
    for position in entries.indices { slots[slot(for: entries[position].id)] = UInt32(position + 1) }
  }
}
