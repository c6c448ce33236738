internal import FileSystem
internal import Git
internal import Identifiers
internal import SystemPackage

/// Signs of a plain git that writes to the store; it does not take our locks.
struct ForeignWriters {
  private let objects: FilePath
  private let inventory: ObjectInventory
  /// The times of the folders of loose objects when they were last checked.
  private var folderTimes: [String: Int64] = [:]
  private var knownPacks: Set<String>
  /// Objects that were unreachable when they were last checked, and are young or were added since.
  private var unreached: Set<ObjectID> = []

  /// The age up to which a running program may still need an object of unknown origin, in nanoseconds.
  static let youth: Int64 = 10_000_000_000

  /// Looks for unreachable objects from before the start of the collection: a push may have added them and has not
  /// moved its reference yet.
  ///
  /// - Parameters:
  ///   - objects: The folder of objects.
  ///   - plan: The objects to delete.
  ///   - start: A time before the plan's objects were listed, in nanoseconds since 1970.
  /// - Throws: `FileError` if a folder cannot be read.
  init(_ objects: FilePath, _ plan: GarbagePlan, since start: Int64) throws(FileError) {
    self.objects = objects
    inventory = plan.inventory
    let isKnown = { (id: ObjectID) in plan.live.contains(id) || plan.wasReached(id) }
    knownPacks = []
    for pack in inventory.folders.first?.packs ?? []
    where (0..<pack.count).allSatisfy({ isKnown(pack.id(at: $0)) }) {
      if let name = pack.packPath.lastComponent?.string { knownPacks.insert(name) }
    }
    // Later, writers have to wait during each check.
    for name in try names(in: objects) where isHexadecimal(name, count: 2...2) {
      guard let time = try FileStatus(objects.appending(name))?.modified, time < start else { continue }
      folderTimes[name] = time
    }
    for id in inventory.folders.first?.loose ?? ObjectIDSet() where !isKnown(id) {
      if try isYoung(objects.looseObject(id)) { unreached.insert(id) }
    }
  }

  private func isYoung(_ path: FilePath) throws(FileError) -> Bool {
    guard let time = try FileStatus(path)?.modified else { return false }
    return Timestamp.now.seconds * 1_000_000_000 - time < ForeignWriters.youth
  }

  /// Returns whether objects are being added, or were added recently and are unreachable. Call it while no process
  /// holds the locks: the objects of our own writers are reachable then.
  ///
  /// - Parameter isReached: Returns whether an object is reachable.
  /// - Returns: Whether there are signs of a running plain git.
  /// - Throws: `FileError` if a folder cannot be read.
  mutating func areAtWork(isReached: (ObjectID) -> Bool) throws(FileError) -> Bool {
    let now = Timestamp.now.seconds * 1_000_000_000
    for name in try names(in: objects) {
      if name.hasPrefix("tmp_objdir") || name.hasPrefix("incoming") { return true }
      guard isHexadecimal(name, count: 2...2) else { continue }
      let folder = objects.appending(name)
      guard let time = try FileStatus(folder)?.modified, folderTimes[name] != time,
        now - time < ForeignWriters.youth
      else { continue }
      folderTimes[name] = time
      for file in try names(in: folder) {
        guard let id = ObjectID(hex: name + file) else { continue }
        if inventory.folders.first?.loose.contains(id) != true { unreached.insert(id) }
      }
    }
    for id in unreached where isReached(id) { unreached.remove(id) }
    for id in unreached {
      if try isYoung(objects.looseObject(id)) { return true }
      unreached.remove(id)
    }
    return try hasYoungPack(isReached)
  }

  private mutating func hasYoungPack(_ isReached: (ObjectID) -> Bool) throws(FileError) -> Bool {
    let folder = objects.appending("pack")
    for name in try names(in: folder) {
      if name.hasPrefix("tmp_") { return true }
      guard name.hasSuffix(".pack"), !knownPacks.contains(name) else { continue }
      let pack = folder.appending(name)
      guard try isYoung(pack) else {
        knownPacks.insert(name)
        continue
      }
      // A file that cannot be read yet is being written.
      var index = pack
      index.extension = "idx"
      guard let contents = try? PackContents(index: index) else { return true }
      guard (0..<contents.count).allSatisfy({ isReached(contents.id(at: $0)) }) else { return true }
      knownPacks.insert(name)
    }
    return false
  }
}
