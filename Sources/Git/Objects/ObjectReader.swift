internal import FileSystem
internal import Glibc
public import Identifiers
internal import Synchronization
public import SystemPackage

/// The result of `ObjectReader.open`.
public enum FoundObject: ~Copyable {
  /// The object, ready to be read in constant memory.
  case stream(ObjectStream)
  /// The object is stored as a delta, which only libgit2 resolves.
  case delta
  /// The object is not in this folder; it may be in an alternate.
  case absent
}

/// Reads objects directly from an `objects` folder: loose objects, and objects that are whole in a pack.
///
/// Any number of threads may use one reader. It notices new and deleted packs.
public final class ObjectReader: Sendable {
  private let objects: FilePath
  private let packs: PackFolder
  /// Counts the calls of `forgetFreshness`.
  private let round = Atomic<Int>(0)

  /// Reads from the repository's `objects` folder; nothing is opened yet.
  public init(objects: FilePath) {
    self.objects = objects
    self.packs = PackFolder(path: objects.appending("pack"))
  }

  /// Finds an object and reads its kind and size.
  ///
  /// Without `verifying`, the object's id is not computed from its bytes: for callers that check another hash.
  ///
  /// - Throws: `damaged` if the files are not valid, `system` if they cannot be read.
  public func open(_ id: ObjectID, verifying: Bool = true) throws(GitError) -> FoundObject {
    if let file = try translated({ () throws(FileError) in try OpenFile(reading: objects.looseObject(id)) }) {
      return .stream(try ObjectStream(loose: file, id: id, verifying: verifying))
    }
    var failures: [GitError] = []
    if let place = try locate(id, in: packs.current(), failures: &failures) {
      return try place.open(id, verifying: verifying)
    }
    // Packs may have been added, deleted or replaced since they were listed.
    let contents = try packs.refreshed(reopening: !failures.isEmpty)
    failures = contents.failures
    if let place = try locate(id, in: contents, failures: &failures) {
      return try place.open(id, verifying: verifying)
    }
    if let failure = failures.first { throw failure }
    return .absent
  }

  /// Returns whether the object exists here, and looks for new packs before it returns false.
  ///
  /// - Throws: `damaged` if an index is not valid, `system` if a file cannot be read.
  public func contains(_ id: ObjectID) throws(GitError) -> Bool {
    if try translated({ () throws(FileError) in try fileExists(objects.looseObject(id)) }) { return true }
    for index in try packs.current().indexes where try index.offset(of: id) != nil {
      if try translated({ () throws(FileError) in try fileExists(index.packPath) }) { return true }
    }
    let contents = try packs.refreshed()
    for index in contents.indexes where try index.offset(of: id) != nil { return true }
    if let failure = contents.failures.first { throw failure }
    return false
  }

  /// Returns whether the object exists here, and refreshes the time of its file, as git does before it skips writing
  /// an object that exists.
  ///
  /// Does not look for new packs, and returns false if it cannot tell: the object is then written twice, which does
  /// no harm.
  public func freshen(_ id: ObjectID) -> Bool {
    touch(objects.looseObject(id)) || freshenPacked(id)
  }

  /// Does the same for many objects: the folders of loose objects are listed once, not for each object. A loose
  /// object that is written meanwhile may be missed.
  ///
  /// - Throws: `system` if the folder of objects cannot be read.
  public func freshening() throws(GitError) -> @Sendable (ObjectID) -> Bool {
    let present = try translated { () throws(FileError) in try names(in: objects) }
    let folders = Set(present.compactMap { UInt8($0, radix: 16) })
    return { id in
      if folders.contains(id[byte: 0]), touch(self.objects.looseObject(id)) { return true }
      return self.freshenPacked(id)
    }
  }

  /// Makes the next freshening list the packs on disk again. Call it after taking the lock that prevents the deletion
  /// of objects: objects from before may be gone.
  public func forgetFreshness() { _ = round.wrappingAdd(1, ordering: .relaxed) }

  /// Does the same without loose objects.
  public func freshenPacked(_ id: ObjectID) -> Bool {
    do throws(GitError) {
      for index in try packs.current().indexes where try index.offset(of: id) ?? 0 > 0 {
        if index.freshen(in: round.load(ordering: .relaxed)) { return true }
      }
    } catch {
      // A reader of the object gets the error; a writer writes the object again.
    }
    return false
  }

  /// Finds the pack that contains an object, and skips damaged packs.
  private func locate(
    _ id: ObjectID, in contents: PackFolder.Contents, failures: inout [GitError]
  ) throws(GitError) -> PackedObject? {
    for index in contents.indexes {
      do throws(GitError) {
        guard let offset = try index.offset(of: id), let pack = try index.openPack() else { continue }
        let end = try translated { () throws(FileError) in try pack.size() } - index.packChecksum.count
        let entry = try PackEntry(in: pack, at: offset, end: end)
        return PackedObject(entry: entry, pack: pack)
      } catch {
        guard error.code == .damaged else { throw error }
        failures.append(error)
      }
    }
    return nil
  }
}

/// The entry of one object and the open pack that contains it.
private struct PackedObject: ~Copyable {
  let entry: PackEntry
  let pack: OpenFile

  init(entry: PackEntry, pack: consuming OpenFile) {
    self.entry = entry
    self.pack = pack
  }

  consuming func open(_ id: ObjectID, verifying: Bool) throws(GitError) -> FoundObject {
    guard case .whole(let kind) = entry.form else { return .delta }
    return .stream(try ObjectStream(entry: entry, id: id, kind: kind, file: pack, verifying: verifying))
  }
}
