internal import FileSystem
internal import Git
internal import Identifiers
internal import SystemPackage

extension StoreCheck {
  /// The minimum age of an unfinished file, in seconds, before its process is searched for.
  private static let age: Int64 = 10

  /// Reports lock files and unfinished files of processes that are gone.
  mutating func findLeftovers(_ survey: ObjectSurvey) throws(StoreError) {
    for path in try session.staleLocks.files() {
      report.leftovers.append(Leftover(kind: .staleLock, name: path.string, detail: ""))
    }
    var candidates = try session.ownLeftovers() + session.gitLeftovers()
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
        guard try open?.containAny(in: path) == false else { continue }
        report.leftovers.append(Leftover(kind: .unfinishedFile, name: path.string, detail: ""))
      }
    }
  }
}
