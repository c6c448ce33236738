public import JSONText
public import ModuleStore

extension PredecessorImportResult {
  /// The result of the import, as members of an object.
  public var jsonMembers: [(String, JSONValue)] {
    let renamedNames = renamed.sorted { $0.key.spelled < $1.key.spelled }
    return [
      ("branches", .array(branches.map(\.json))), ("commits", .count(commits)), ("merges", .count(merges)),
      ("folders", .count(folders)), ("modules", .count(modules)), ("bytes", .number(bytes)),
      (
        "renamed",
        .array(renamedNames.map { .object([("from", $0.key.json), ("to", $0.value.json)]) })
      ),
      ("changed_commits", .count(changedCommits)), ("missing_parents", .count(missingParents)),
      ("unreached", .count(unreached)), ("unfinished_files", .count(others.temporaryFiles)),
      ("unfinished_bytes", .number(others.temporaryBytes)),
      ("unknown_files", .array(others.unknown.map { .text($0) })), ("damage", .array(damage.map(\.json))),
      ("written", .boolean(isWritten)),
    ]
  }
}

extension PredecessorImportResult.ImportedBranch {
  /// The branch before and after the import, as an object.
  fileprivate var json: JSONValue {
    .object([
      ("name", .text(name.name)), ("head", .optional(head?.hex)), ("former_name", formerName.json),
      ("former_head", .text(formerHead)),
    ])
  }
}

extension PredecessorDamage {
  /// The damage as an object.
  fileprivate var json: JSONValue {
    .object([
      ("kind", .text(kind.rawValue)), ("name", .text(name)), ("problem", .text(problem)),
      ("commit", .optional(commit)), ("path", path.map(\.json) ?? .null),
    ])
  }
}
