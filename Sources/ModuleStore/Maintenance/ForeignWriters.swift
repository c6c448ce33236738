internal import FileSystem
internal import Git
internal import Identifiers
internal import SystemPackage

/// Signs of a plain git that writes to the store: it takes no lock of ours.
struct ForeignWriters {
  private let objects: FilePath
  private let inventory: ObjectInventory
  /// When the folders of loose objects were changed when they were last looked at.
  private var folderTimes: [String: Int64] = [:]
  private var knownPacks: Set<String>
  /// Objects that nothing reached when they were last looked at, and that are young or came since.
  private var unreached: Set<ObjectID> = []

  /// How young an object of unknown origin is that a running program may still need, in nanoseconds.
  static let youth: Int64 = 10_000_000_000

  /// Looks for objects that came before the collection began and that nothing reaches: a push may have brought them that
  /// has yet to move its reference.
  ///
  /// - Parameters:
  ///   - objects: The folder of objects.
  ///   - plan: What is to go.
  ///   - start: A moment before the plan's objects were listed, in nanoseconds since 1970.
  /// - Throws: `FileError` where a folder cannot be read.
  init(_ objects: FilePath, _ plan: GarbagePlan, since start: Int64) throws(FileError) {
    self.objects = objects
    inventory = plan.inventory
    let isKnown = { (id: ObjectID) in plan.live.contains(id) || plan.wasReached(id) }
    knownPacks = []
    for pack in inventory.folders.first?.packs ?? []
    where (0..<pack.count).allSatisfy({ isKnown(pack.id(at: $0)) }) {
      if let name = pack.packPath.lastComponent?.string { knownPacks.insert(name) }
    }
    // Later, writers wait for each look.
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

  /// Tells whether objects are coming in, or came a moment ago and nothing reaches them. To be asked while nobody holds
  /// the locks: what our own writers write is reached then.
  ///
  /// - Parameter isReached: Says of an object whether something reaches it.
  /// - Returns: Whether that is so.
  /// - Throws: `FileError` where a folder cannot be read.
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
      // One that cannot be read yet is being written.
      var index = pack
      index.extension = "idx"
      guard let contents = try? PackContents(index: index) else { return true }
      guard (0..<contents.count).allSatisfy({ isReached(contents.id(at: $0)) }) else { return true }
      knownPacks.insert(name)
    }
    return false
  }
}
