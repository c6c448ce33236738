internal import FileSystem
public import Identifiers
internal import Synchronization
public import SystemPackage

/// All objects of a repository as they were found at one moment, its own and those that it borrows.
///
/// For whoever asks for many: which loose objects there are is listed, and the packs' indexes are in memory. Any number
/// of threads may use one inventory; each makes an `InventoryReader` for itself.
public final class ObjectInventory: Sendable {
  /// An `objects` folder with what is in it.
  public struct Folder: Sendable {
    /// The folder.
    public let path: FilePath
    /// The objects that have a file of their own.
    public let loose: ObjectIDSet
    /// The packs whose indexes could be read.
    public let packs: [PackContents]
    /// The names of all packs and indexes.
    fileprivate let packNames: Set<String>
  }

  /// A pack that nothing can be found in.
  public struct UnusablePack: Hashable, Sendable {
    /// Why that is so.
    public enum Reason: Hashable, Sendable {
      /// There is no index.
      case noIndex
      case damagedIndex(String)
      /// It is not the pack that the index describes.
      case damagedPack(String)
    }

    /// The pack.
    public let path: FilePath
    /// Why nothing can be found in it.
    public let reason: Reason
  }

  /// The repository's own folder, then those that it borrows objects from.
  public let folders: [Folder]
  /// Packs that nothing can be found in.
  public let unusablePacks: [UnusablePack]
  /// The inventory that was made when something was not found in this one.
  private let newer = Mutex<ObjectInventory?>(nil)

  /// Lists what is in the `objects` folder of a repository and in those of its alternates.
  ///
  /// - Throws: `system` where a folder or a file cannot be read.
  public init(objects: FilePath) throws(GitError) {
    var folders: [Folder] = []
    var unusable: [UnusablePack] = []
    for path in [objects] + (try Alternates(of: objects).folders) {
      let loose = try ObjectInventory.looseObjects(in: path)
      // Objects go from files of their own into packs, so that is the order in which none is missed.
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
        // One that has gone meanwhile was replaced by another.
        if try contents.verifyPack(readingAll: false) { packs.append(contents) }
      } catch {
        guard error.isDamage else { throw error }
        unusable.append(UnusablePack(path: path, reason: .damagedPack(error.message)))
      }
    }
    return packs
  }

  /// Tells whether the object is stored; its bytes may be damaged.
  public func contains(_ id: ObjectID) -> Bool {
    folders.contains { folder in
      folder.loose.contains(id) || folder.packs.contains { $0.position(of: id) != nil }
    }
  }

  /// Tells whether the object is stored, also where it has moved since, as a repacking git moves objects.
  func finds(_ id: ObjectID) throws(GitError) -> Bool {
    if contains(id) { return true }
    return try successor()?.finds(id) ?? false
  }

  /// The inventory made again, if packs have come or gone since this one was; nil if none have.
  ///
  /// This one keeps it, so that it is made once for all that asks.
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
  /// Whether it says that bytes are not what they must be, or that the disk does not give them out.
  public var isDamage: Bool { code == .damaged || code == .system(Errno.ioError.rawValue) }
}
