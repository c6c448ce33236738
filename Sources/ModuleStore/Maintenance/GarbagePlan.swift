internal import Git
internal import Identifiers
internal import SystemPackage

/// Which objects of a store are deleted, which are packed again, and which wait.
struct GarbagePlan {
  /// The reachable objects.
  let live: Reachability.Reached
  /// The objects that were reachable at the start of the collection.
  let former: Reachability.Reached
  /// The additional objects that were reachable when the history was shortened: others had written since the start of
  /// the collection.
  let latecomers: ObjectIDSet
  let inventory: ObjectInventory
  /// Packs that are replaced by a new one.
  private(set) var replaced: [PackContents] = []
  /// Unreachable loose objects.
  private(set) var deadLoose: [ObjectID] = []
  /// Objects that the new pack must contain.
  private(set) var packed = ObjectIDSet()

  /// The state of a pack's file.
  enum PackState {
    /// It is kept, because plain git marked it with `.keep` or it may contain young objects.
    case stays
    /// It has large modules as deltas, which are to be stored whole.
    case hasLargeDeltas
    /// It has this number of bytes.
    case plain(size: Int64)
  }

  /// Packs of at most this size are combined.
  private static let smallPack = 64 << 20

  /// Classifies the objects of the store's own folder.
  ///
  /// - Parameters:
  ///   - live: The reachable objects.
  ///   - former: The objects that were reachable at the start of the collection.
  ///   - latecomers: The additional objects that were reachable when the history was shortened.
  ///   - inventory: The store's objects.
  ///   - packs: Returns the state of a pack's file.
  /// - Throws: Errors of `packs`.
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
    // A single pack whose objects are all needed, with no other objects, is kept.
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

  /// Whether the object was reachable until the history was shortened.
  func wasReached(_ id: ObjectID) -> Bool { former.contains(id) || latecomers.contains(id) }

  /// The objects to delete, each once.
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
