internal import ArgumentParser
internal import JSONText
internal import ModuleStore
internal import StoreJSON

/// `doctor`: whether the store's environment is as required.
struct DoctorCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .doctor, "Checks permissions, disk, clock, settings, locks and the catalog.",
    usage: "wasmstore doctor",
    examples: """
        wasmstore doctor
        wasmstore doctor --json
      """,
    notes: """
      Exits with 1 if there is a problem. Nothing is changed. 'fsck' checks for damaged modules.
      """)

  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    let findings = try session.storeWithoutBranch.diagnose()
    try session.console.emit(DiagnosisText(findings: findings))
    let problems = findings.count { $0.verdict == .problem }
    if problems > 0 { throw Failure(.failed, "problems found: \(problems)") }
  }
}

private struct DiagnosisText: Presentable {
  let findings: [Diagnosis]

  func text(_ style: Style) -> String {
    var table = Table(style, wraps: true)
    table.append([Versions.wasmstore, "libgit2 \(Versions.libgit2)", "sqlite \(Versions.sqlite)"])
    for finding in findings {
      let advice = finding.advice.map { "; \($0)" } ?? ""
      table.append([
        finding.verdict.rawValue, finding.subject.rawValue, style.foreign(finding.finding + advice),
      ])
    }
    return table.text
  }

  var json: JSONValue { .array(findings.map(\.json)) }
}
