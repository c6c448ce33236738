internal import ArgumentParser
internal import JSONText
internal import ModuleStore
internal import StoreJSON

/// `policy`: check the modules of a branch against its policy.
struct PolicyCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .policy, "Lists the modules of a branch that violate its policy.",
    usage: "wasmstore policy check [BRANCH]",
    examples: """
        wasmstore policy check
        wasmstore policy check release/42 --json
      """,
    notes: """
      A policy is applied to modules that are added to a branch; modules that were there before stay. This command checks all \
      modules, and exits with 5 if one violates the policy.
      """)

  @Argument("action", help: "What to do: check.") var action: Action
  @Argument(
    "branch", help: "The branch. (default: the current branch)", completion: .custom(StoreCompletion.branches)
  )
  var name: String?
  @OptionGroup(title: "Common options") var common = CommonOptions()

  /// The actions of `policy`.
  enum Action: String, CaseIterable, ArgumentValue {
    case check

    static let expected = "check"
  }

  func run(_ session: Session) throws {
    let store = try session.store(onBranch: name.map { name throws(StoreError) in try BranchName(name) })
    let violations = try store.policyViolations()
    try session.console.emit(table: violations)
    guard !violations.isEmpty else { return }
    let count = Set(violations.map(\.path)).count
    throw Failure(
      .policyViolated,
      "\(count) \(count == 1 ? "module violates" : "modules violate") the policy of \(store.branch)")
  }
}

extension PolicyViolation: TableRow {
  static let endsWithText = true

  func row(_ style: Style) -> [String] {
    (style.isTerminal ? [rule, path.spelled] : [path.spelled, rule]) + [style.foreign(reason)]
  }
}
