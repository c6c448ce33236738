internal import FileSystem
public import Identifiers
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
  }

  /// An index that could not be read, or a pack that has none.
  public struct Unindexed: Hashable, Sendable {
    /// The pack.
    public let pack: FilePath
    /// What is wrong with its index; nil where there is none.
    public let problem: String?
  }

  /// The repository's own folder, then those that it borrows objects from.
  public let folders: [Folder]
  /// Packs that nothing can be found in.
  public let unindexed: [Unindexed]

  /// Lists what is in the `objects` folder of a repository and in those of its alternates.
  ///
  /// - Throws: `system` where a folder or a file cannot be read.
  public init(objects: FilePath) throws(GitError) {
    var folders: [Folder] = []
    var unindexed: [Unindexed] = []
    for path in [objects] + (try Alternates(of: objects).folders) {
      let loose = try ObjectInventory.looseObjects(in: path)
      folders.append(
        Folder(path: path, loose: loose, packs: try ObjectInventory.packs(in: path, unindexed: &unindexed)))
    }
    self.folders = folders
    self.unindexed = unindexed
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

  private static func packs(
    in objects: FilePath, unindexed: inout [Unindexed]
  ) throws(GitError) -> [PackContents] {
    let folder = objects.appending("pack")
    let present = Set(try translated { () throws(FileError) in try names(in: folder) })
    var packs: [PackContents] = []
    for name in present.sorted() where name.hasPrefix("pack-") && name.hasSuffix(".pack") {
      let path = folder.appending(name)
      let index = folder.appending(name.dropLast(".pack".count) + ".idx")
      do throws(GitError) {
        if let contents = try PackContents(index: index) {
          packs.append(contents)
        } else {
          unindexed.append(Unindexed(pack: path, problem: nil))
        }
      } catch {
        guard error.isDamage else { throw error }
        unindexed.append(Unindexed(pack: path, problem: error.message))
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

  /// The number of objects; one that is stored more than once counts as often.
  public var count: Int {
    folders.reduce(0) { sum, folder in folder.packs.reduce(sum + folder.loose.count) { $0 + $1.count } }
  }
}

extension GitError {
  /// Whether it says that bytes are not what they must be, or that the disk does not give them out.
  public var isDamage: Bool { code == .damaged || code == .system(Errno.ioError.rawValue) }
}
