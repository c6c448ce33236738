internal import FileSystem
internal import Git
internal import Identifiers
internal import SystemPackage

extension StoreCheck {
  /// Reports references and indexes that cannot be read, and branches that do not name a commit.
  mutating func checkReferences(_ survey: ObjectSurvey) throws(StoreError) {
    for failure in survey.reachability.failures {
      var problem = failure.problem
      var isRepairable = false
      if case .reference(let name, nil) = failure.source {
        problem = problem.without(name)
        if try session.isBroken(name), let last = try session.lastValue(of: name) {
          problem += "; its last known value is \(last)"
          isRepairable = true
        }
      }
      report.damage.append(Damage(.reference(failure.source), problem, isRepairable: isRepairable))
    }
    let commits = ObjectIDSet(survey.reached.current.commits.map(\.id))
    let missing = Set(survey.missing.map(\.id))
    for root in survey.reachability.roots
    where !commits.contains(root.object) && !missing.contains(root.object) {
      guard case .reference(let name, _) = root.source, name.hasPrefix("refs/heads/") || name == "HEAD" else {
        continue
      }
      report.damage.append(Damage(.reference(root.source), "points to \(root.object), which is not a commit"))
    }
  }

  /// Reports lines of the operation record with a wrong checksum. A last line without a line end is being written, or
  /// was being written when its process died.
  mutating func checkRecord() throws(StoreError) {
    let path = session.layout.operations
    let count = try session.record.damagedLineCount()
    guard count > 0 else { return }
    report.damage.append(
      Damage(
        .record(path),
        count == 1
          ? "a line has a wrong checksum and is ignored"
          : "\(count) lines have a wrong checksum and are ignored"))
  }
}
