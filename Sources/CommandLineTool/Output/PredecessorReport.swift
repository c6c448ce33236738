internal import JSONText
internal import ModuleStore
internal import StoreJSON

/// The result of an import from a store of the older wasmstore: a line for each damaged part, then one for each branch.
struct PredecessorReport: Presentable {
  let source: String
  let result: PredecessorImportResult
  let isDryRun: Bool

  func text(_ style: Style) -> String {
    var text = ""
    for damage in result.damage {
      let fields = [
        "damage", damage.kind.rawValue, damage.name, damage.problem, damage.commit, damage.path?.spelled,
      ]
      text += line(fields.compactMap { $0 }, style)
    }
    guard isDryRun || result.isWritten else { return text }
    for branch in result.branches {
      let fields = [branch.name.name, branch.formerHead, branch.head?.hex].compactMap { $0 }
      text += line([(isDryRun ? "would import " : "") + fields[0]] + fields.dropFirst(), style)
    }
    if isDryRun, result.branches.isEmpty, result.damage.isEmpty { text += "would change nothing\n" }
    return text
  }

  /// Fields, separated by tabs in a pipe.
  private func line(_ fields: [String], _ style: Style) -> String {
    fields.map { style.foreign($0) }.joined(separator: style.isTerminal ? "  " : "\t") + "\n"
  }

  /// The summary, in one sentence.
  var summary: String {
    if result.branches.isEmpty, result.damage.isEmpty { return "\(source) is an empty store" }
    let parts = [
      count(result.branches.count, "branch", "branches"), count(result.commits, "commit", "commits"),
      count(result.modules, "module", "modules"),
    ]
    return "imported \(source): \(parts.joined(separator: ", "))"
  }

  /// The differences from the old store, and what was not imported; one sentence each.
  var remarks: [String] {
    var remarks = result.branches.filter { $0.formerName.bytes != Array($0.name.name.utf8) }.map {
      "branch \($0.formerName.spelled) is now \($0.name)"
    }
    remarks += result.renamed.sorted { $0.key.spelled < $1.key.spelled }.filter { !$0.value.bytes.isEmpty }
      .map {
        "name \($0.key.spelled) is now \($0.value.spelled)"
      }
    let counts = [
      (result.changedCommits, "commit", "commits", "had an author or date that git does not allow"),
      (result.missingParents, "parent", "parents", "of commits missing: the history begins after them"),
      (result.unreached, "object", "objects", "that no branch leads to left out"),
      (result.others.temporaryFiles, "unfinished file", "unfinished files", "left out"),
      (result.others.unknown.count, "file", "files", "that do not belong to a store left out"),
    ]
    for (number, one, many, remark) in counts where number > 0 {
      remarks.append("\(count(number, one, many)) \(remark)")
    }
    return remarks
  }

  private func count(_ number: Int, _ one: String, _ many: String) -> String {
    "\(number) \(number == 1 ? one : many)"
  }

  var json: JSONValue { .object(result.jsonMembers + [("dry_run", .boolean(isDryRun))]) }
}
