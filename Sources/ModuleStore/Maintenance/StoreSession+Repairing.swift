internal import Catalog
internal import FileSystem
internal import Git
internal import Identifiers
internal import SQLite
internal import SystemPackage

extension StoreSession {
  /// Repairs the damage that can be computed from intact data; returns the repairs, as a sentence each.
  func repair(_ report: FsckReport) throws(StoreError) -> [String] {
    var done: [String] = []
    for damage in report.damage where damage.isRepairable {
      try work.check()
      switch damage.subject {
      case .index(let pack): try repairIndex(of: pack, &done)
      case .object(let id, let file?): try removeDamagedCopy(of: id, file, &done)
      case .reference(.reference(let name, nil)): try repairReference(name, &done)
      case .catalog(let path): try replaceCatalog(path, &done)
      case .rawCopy(let path): try repairRawCopy(path, &done)
      case .object, .reference, .pack, .record: break
      }
    }
    if report.leftovers.contains(where: { $0.kind == .staleLock }) {
      let removed = try locks.writing { () throws(StoreError) in try staleLocks.remove() }
      done += removed.map { "removed \($0), which a process that has ended left behind" }
    }
    return done
  }

  private func repairIndex(of pack: FilePath, _ done: inout [String]) throws(StoreError) {
    let temporary = layout.temporary
    let failure = try locks.sharing { () throws(StoreError) -> GitError? in
      do throws(GitError) {
        try rebuildIndex(ofPack: pack, temporary: temporary)
        return nil
      } catch {
        return error
      }
    }
    switch failure?.code {
    case nil: done.append("rebuilt the index of \(pack)")
    case .system?: if let failure { throw StoreError(failure) }
    // A damaged pack gets no index; the report still lists the damage.
    default: break
    }
  }

  /// Removes the damaged one of several copies of an object.
  private func removeDamagedCopy(
    of id: ObjectID, _ file: FilePath, _ done: inout [String]
  ) throws(StoreError) {
    let isRemoved = try whileNothingIsDeleted { () throws(StoreError) in
      let inventory = try objectInventory()
      let others = try translated { () throws(GitError) in
        var reader = try InventoryReader(inventory)
        var count = 0
        for copy in try inventory.copies(of: { $0 == id }) where copy.path != file {
          do throws(GitError) {
            if try reader.verify(copy, { _ in }) != nil { count += 1 }
          } catch {
            guard error.isDamage else { throw error }
          }
        }
        return count
      }
      guard others > 0 else { return false }
      return try translated { () throws(FileError) in try removeFile(file) }
    }
    if isRemoved {
      done.append("removed \(file), a damaged copy of an object that has another, undamaged copy")
    }
  }

  private func repairReference(_ name: String, _ done: inout [String]) throws(StoreError) {
    let last = try locks.writing { () throws(StoreError) -> String? in
      guard try isBroken(name), let last = try lastValue(of: name) else { return nil }
      try mend([name])
      return last
    }
    if let last { done.append("set \(name) to its last known value \(last)") }
  }

  private func replaceCatalog(_ path: FilePath, _ done: inout [String]) throws(StoreError) {
    guard mayWrite(into: root) else { throw .readOnly(path: root.string) }
    let generations = try translated { () throws(FileError) in try connection.store.catalogGenerations() }
    // Another process may have created the next one.
    guard let newest = generations.max(), layout.catalog(generation: newest) == path else { return }
    if connection.store.beginCatalog(generation: newest + 1, note: { _ in }) != nil {
      done.append("created a new catalog at \(layout.catalog(generation: newest + 1))")
    }
  }

  /// Recreates a raw copy, or removes it if the catalog does not know its object.
  private func repairRawCopy(_ path: FilePath, _ done: inout [String]) throws(StoreError) {
    guard mayWrite(into: root) else { throw .readOnly(path: root.string) }
    guard let digest = path.lastComponent.flatMap({ ModuleDigest(hex: $0.string) }) else { return }
    let module = withCatalog { (catalog) throws(DatabaseError) in try catalog.module(withDigest: digest) }
    guard let module, repository.contains(module.blob) else {
      _ = try translated { () throws(FileError) in try removeFile(path) }
      done.append("removed \(path); 'wasmstore filename' can create it again")
      return
    }
    try makeRawCopy(ofBlob: module.blob, digest: digest, at: path)
    done.append("created \(path) again")
  }
}
