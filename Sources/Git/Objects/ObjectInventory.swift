internal import FileSystem
public import Identifiers
internal import Synchronization
public import SystemPackage

/// All objects of a repository at one moment, its own and those that it borrows.
///
/// For code that looks up many objects: the loose objects are listed, and the packs' indexes are in memory. Any
/// number of threads may use one inventory; each creates its own `InventoryReader`.
public final class ObjectInventory: Sendable {
  /// An `objects` folder with its contents.
  public struct Folder: Sendable {
    /// The folder.
    public let path: FilePath
    /// The loose objects.
    public let loose: ObjectIDSet
    /// The packs whose indexes could be read.
    public let packs: [PackContents]
    /// The names of all packs and indexes.
    fileprivate let packNames: Set<String>
  }

  /// A pack that cannot be used.
  public struct UnusablePack: Hashable, Sendable {
    /// The reason.
    public enum Reason: Hashable, Sendable {
      /// There is no index.
      case noIndex
      case damagedIndex(String)
      /// It is not the pack that the index describes.
      case damagedPack(String)
    }

    /// The pack.
    public let path: FilePath
    /// Why it cannot be used.
    public let reason: Reason
  }

  /// The repository's own folder, then those that it borrows objects from.
  public let folders: [Folder]
  /// Packs that cannot be used.
  public let unusablePacks: [UnusablePack]
  /// The inventory that was created when an object was not found in this one.
  private let newer = Mutex<ObjectInventory?>(nil)

  /// Lists the `objects` folder of a repository and those of its alternates.
  ///
  /// - Throws: `system` if a folder or a file cannot be read.
  public init(objects: FilePath) throws(GitError) {
    var folders: [Folder] = []
    var unusable: [UnusablePack] = []
    for path in [objects] + (try Alternates(of: objects).folders) {
      let loose = try ObjectInventory.looseObjects(in: path)
      // Objects move from loose files to packs, so in this order none is missed.
      let names = try ObjectInventory.packNames(in: path)
      let packs = try ObjectInventory.packs(names, in: path, unusable: &unusable)
      folders.append(Folder(path: path, loose: loose, packs: packs, packNames: names))
    }
    self.folders = folders
    unusablePacks = unusable
  }

  private static func looseObjects(in objects: FilePath) throws(GitError) -> ObjectIDSet {
    var loose = ObjectIDSet()
    for folder in try translated({ () throws(FileError) in try names(in: objects) }) {
      guard isHexadecimal(folder, count: 2...2) else { continue }
      for name in try translated({ () throws(FileError) in try names(in: objects.appending(folder)) }) {
        guard let id = ObjectID(hex: folder + name) else { continue }
        loose.insert(id)
      }
    }
    return loose
  }

  private static func packNames(in objects: FilePath) throws(GitError) -> Set<String> {
    let present = try translated { () throws(FileError) in try names(in: objects.appending("pack")) }
    return Set(present.filter { $0.hasPrefix("pack-") && ($0.hasSuffix(".pack") || $0.hasSuffix(".idx")) })
  }

  private static func packs(
    _ names: Set<String>, in objects: FilePath, unusable: inout [UnusablePack]
  ) throws(GitError) -> [PackContents] {
    let folder = objects.appending("pack")
    var packs: [PackContents] = []
    for name in names.sorted() where name.hasSuffix(".pack") {
      let path = folder.appending(name)
      let index = folder.appending(name.dropLast(".pack".count) + ".idx")
      let contents: PackContents?
      do throws(GitError) { contents = try PackContents(index: index) } catch {
        guard error.isDamage else { throw error }
        unusable.append(UnusablePack(path: path, reason: .damagedIndex(error.message)))
        continue
      }
      guard let contents else {
        unusable.append(UnusablePack(path: path, reason: .noIndex))
        continue
      }
      do throws(GitError) {
        // A pack that was deleted meanwhile was replaced by another.
        if try contents.verifyPack(readingAll: false) { packs.append(contents) }
      } catch {
        guard error.isDamage else { throw error }
        unusable.append(UnusablePack(path: path, reason: .damagedPack(error.message)))
      }
    }
    return packs
  }

  /// Returns whether the object is stored; its bytes may be damaged.
  public func contains(_ id: ObjectID) -> Bool {
    folders.contains { folder in
      folder.loose.contains(id) || folder.packs.contains { $0.position(of: id) != nil }
    }
  }

  /// Returns whether the object is stored, even if it has moved since, as in a repack by git.
  func finds(_ id: ObjectID) throws(GitError) -> Bool {
    if contains(id) { return true }
    return try successor()?.finds(id) ?? false
  }

  /// A new inventory, if packs were added or deleted since this one was created; otherwise nil.
  ///
  /// This inventory keeps the new one, so that it is created only once.
  func successor() throws(GitError) -> ObjectInventory? {
    try newer.withLock { (newer) throws(GitError) -> ObjectInventory? in
      if let newer { return newer }
      for folder in folders where try ObjectInventory.packNames(in: folder.path) != folder.packNames {
        newer = try folders.first.map { own throws(GitError) in try ObjectInventory(objects: own.path) }
        return newer
      }
      return nil
    }
  }

  /// The number of places in which an object is stored.
  public func placeCount(of id: ObjectID) -> Int {
    folders.reduce(0) { sum, folder in
      sum + (folder.loose.contains(id) ? 1 : 0) + folder.packs.count { $0.contains(id) }
    }
  }

  /// The ids of all objects.
  public var ids: ObjectIDSet {
    var ids = ObjectIDSet()
    for folder in folders {
      for id in folder.loose { ids.insert(id) }
      for pack in folder.packs {
        for position in 0..<pack.count { ids.insert(pack.id(at: position)) }
      }
    }
    return ids
  }
}

extension GitError {
  /// Whether the error says that bytes are damaged, or that the disk cannot read them.
  public var isDamage: Bool { code == .damaged || code == .system(Errno.ioError.rawValue) }
}
