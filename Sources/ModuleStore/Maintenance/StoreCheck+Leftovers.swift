internal import FileSystem
internal import Git
internal import Identifiers
internal import SystemPackage

extension StoreCheck {
  /// How long an unfinished file must have lain there before its maker is looked for, in seconds.
  private static let age: Int64 = 10

  /// Reports lock files and unfinished files of processes that are gone.
  mutating func findLeftovers(_ survey: ObjectSurvey) throws(StoreError) {
    for path in try session.staleLocks.files() {
      report.leftovers.append(Leftover(kind: .staleLock, name: path.string, detail: ""))
    }
    var candidates = try unfinishedFiles()
    if survey.missing.isEmpty {
      candidates += survey.inventory.unusablePacks.filter { $0.reason == .noIndex }.map(\.path)
    }
    let now = Timestamp.now.seconds
    let found = candidates.sorted { $0.string < $1.string }
    try translated { () throws(FileError) in
      var open: OpenFiles?
      for path in found {
        guard let status = try FileStatus(path, followingLinks: false),
          now - status.modified / 1_000_000_000 > StoreCheck.age
        else { continue }
        if open == nil { open = try OpenFiles() }
        guard try open?.contain(path) == false else { continue }
        report.leftovers.append(Leftover(kind: .unfinishedFile, name: path.string, detail: ""))
      }
    }
  }

  /// Our own unfinished files, and those of git among the objects.
  private func unfinishedFiles() throws(StoreError) -> [FilePath] {
    let (temporary, objects) = (session.layout.temporary, session.layout.objects)
    return try translated { () throws(FileError) in
      var files = try names(in: temporary).map { temporary.appending($0) }
      for name in try names(in: objects) {
        let folder = objects.appending(name)
        if name.hasPrefix("tmp_") || name.hasPrefix("incoming-") {
          files.append(folder)
        } else if name == "pack" || isHexadecimal(name, count: 2...2) {
          files += try names(in: folder).filter { $0.hasPrefix("tmp_") || $0.hasPrefix(".tmp-") }
            .map { folder.appending($0) }
        }
      }
      return files
    }
  }
}
