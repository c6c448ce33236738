internal import Catalog
internal import FileSystem
internal import Identifiers
internal import SQLite
internal import SystemPackage

extension StoreCheck {
  /// Reports raw copies whose bytes do not match the hash in their names. A file that has not changed since its last
  /// check is read only in a deep check.
  mutating func checkRawCopies(_ catalog: ModuleCatalog?) throws(StoreError) {
    var copies: [(path: FilePath, digest: ModuleDigest)] = []
    for (path, digest) in try rawCopies() {
      let status = try translated { () throws(FileError) in try FileStatus(path, followingLinks: false) }
      guard let status else { continue }
      var known: RawCopy?
      // Without a result, the copy is read.
      if depth != .deep { known = try? catalog?.rawCopy(ofDigest: digest) }
      if known != RawCopy(status) { copies.append((path, digest)) }
    }
    let (work, wanted) = (session.work, copies)
    let isRight = try inParallel(wanted.count, workers: availableCores()) {
      (index) throws(StoreError) -> Bool in
      try work.check()
      let (path, digest) = wanted[index]
      return try translated { () throws(FileError) in
        // If the file was deleted meanwhile, there is no problem.
        try fileDigest(of: path).map { $0 == digest } ?? true
      }
    }
    for ((path, digest), isRight) in zip(copies, isRight) where !isRight {
      report.damage.append(
        Damage(.rawCopy(path), "its content does not match \(digest)", isRepairable: true))
    }
  }

  /// The files whose names are those of raw copies, in order.
  private func rawCopies() throws(StoreError) -> [(FilePath, ModuleDigest)] {
    let folder = session.layout.modules
    return try translated { () throws(FileError) in
      var copies: [(FilePath, ModuleDigest)] = []
      for part in try names(in: folder).sorted() {
        for name in try names(in: folder.appending(part)).sorted() {
          guard let digest = ModuleDigest(hex: name), name.hasPrefix(part) else { continue }
          copies.append((folder.appending(part).appending(name), digest))
        }
      }
      return copies
    }
  }
}
