internal import Git
internal import Identifiers
internal import SystemPackage

/// What of a store's objects goes, what is packed anew, and what waits.
struct GarbagePlan {
  /// What must stay.
  let live: Reachability.Reached
  /// What was reached when the collection began.
  let former: Reachability.Reached
  /// What was reached besides when the history became shorter: others had written since the collection began.
  let latecomers: ObjectIDSet
  let inventory: ObjectInventory
  /// Packs that are replaced by a new one.
  private(set) var replaced: [PackContents] = []
  /// Objects with a file of their own that nothing reaches.
  private(set) var deadLoose: [ObjectID] = []
  /// Objects that have to be in the new pack.
  private(set) var packed = ObjectIDSet()

  /// What is known of a pack's file.
  enum PackState {
    /// It must stay, because plain git marked it so or it may hold something young.
    case stays
    /// It has large modules as changes to others, which are to be whole.
    case hasLargeDeltas
    /// It has so many bytes.
    case plain(size: Int64)
  }

  /// Packs of this size or less are put together.
  private static let smallPack = 64 << 20

  /// Divides the objects of the store's own folder.
  ///
  /// - Parameters:
  ///   - live: What must stay.
  ///   - former: What was reached when the collection began.
  ///   - latecomers: What was reached besides when the history became shorter.
  ///   - inventory: The store's objects.
  ///   - packs: What is known of each pack's file.
  /// - Throws: What `packs` throws.
  init(
    live: Reachability.Reached, former: Reachability.Reached, latecomers: ObjectIDSet = ObjectIDSet(),
    inventory: ObjectInventory,
    packs: (PackContents, _ hasUnknown: Bool) throws(StoreError) -> PackState
  ) throws(StoreError) {
    self.live = live
    self.former = former
    self.latecomers = latecomers
    self.inventory = inventory
    guard let folder = inventory.folders.first else { return }
    deadLoose = folder.loose.filter { !live.contains($0) }.sorted()
    let liveLoose = folder.loose.filter { live.contains($0) }
    var dirty: [PackContents] = []
    var small: [PackContents] = []
    for pack in folder.packs {
      let dead = (0..<pack.count).lazy.map { pack.id(at: $0) }.filter { !live.contains($0) }
      let hasUnknown = dead.contains { !former.contains($0) && !latecomers.contains($0) }
      switch try packs(pack, hasUnknown) {
      case .stays: continue
      case .hasLargeDeltas: dirty.append(pack)
      case .plain where !dead.isEmpty: dirty.append(pack)
      case .plain(let size): if size <= GarbagePlan.smallPack { small.append(pack) }
      }
    }
    // One pack in which all is needed, and nothing besides it, stays as it is.
    let isTidy = dirty.isEmpty && small.count <= 1 && liveLoose.isEmpty
    if !isTidy { replaced = dirty + small }
    let staying = folder.packs.filter { pack in !replaced.contains { $0 === pack } }
    for id in liveLoose where !staying.contains(where: { $0.contains(id) }) { packed.insert(id) }
    for pack in replaced {
      for position in 0..<pack.count {
        let id = pack.id(at: position)
        if live.contains(id), !staying.contains(where: { $0.contains(id) }) { packed.insert(id) }
      }
    }
  }

  /// Whether something reached the object until the history became shorter.
  func wasReached(_ id: ObjectID) -> Bool { former.contains(id) || latecomers.contains(id) }

  /// The objects that go, each once.
  var dead: ObjectIDSet {
    var dead = ObjectIDSet(deadLoose)
    for pack in replaced {
      for position in 0..<pack.count {
        let id = pack.id(at: position)
        if !live.contains(id) { dead.insert(id) }
      }
    }
    return dead
  }
}
