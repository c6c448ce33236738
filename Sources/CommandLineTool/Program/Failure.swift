internal import JSONText
internal import ModuleStore
internal import StoreJSON

/// The failure of a run: a message, a hint, and the exit status.
struct Failure: Error, Hashable, Sendable {
  /// The kind of a failure, which determines the exit status. Scripts depend on both.
  typealias Code = ErrorCode

  let code: Code
  let message: String
  var hint: String?
  /// The detail that only `-vv` prints.
  var detail: String?
  /// Conflicting paths of a merge, one line each.
  var conflicts: [ConflictLine] = []
  /// Modules that violate a policy, a line for each rule.
  var violations: [PolicyViolation] = []
  /// Files that are not valid modules, one line each.
  var invalid: [InvalidModule] = []

  init(_ code: Code, _ message: String, hint: String? = nil) {
    self.code = code
    self.message = message
    self.hint = hint
  }

  /// Creates the failure for an error in the arguments.
  static func usage(_ message: String, hint: String? = nil) -> Failure {
    Failure(.usage, message, hint: hint)
  }
}

extension Failure: Presentable {
  func text(_ style: Style) -> String {
    var text = style.error("ERROR") + " \(visible(message))\n"
    text += ConflictLine.table(conflicts, style)
    var table = Table(style, wraps: true)
    for module in invalid { table.append(["invalid", visible(module.source), visible(module.message)]) }
    if violations.count > 1 {
      for violation in violations { table.append(["refused"] + violation.row(style)) }
    }
    text += table.text
    if let hint { text += "hint: \(visible(hint, keeping: "\n"))\n" }
    return text
  }

  var json: JSONValue {
    var members: [(String, JSONValue)] = [("code", .text(code.rawValue)), ("message", .text(message))]
    if let hint { members.append(("hint", .text(hint))) }
    let lines = conflicts.map(\.json)
    if !lines.isEmpty { members.append(("conflicts", .array(lines))) }
    let refused = invalid.map { module in
      JSONValue.object([("source", .text(module.source)), ("message", .text(module.message))])
    }
    if !refused.isEmpty { members.append(("invalid", .array(refused))) }
    let violated = violations.map(\.json)
    if !violated.isEmpty { members.append(("violations", .array(violated))) }
    return .object([("error", .object(members))])
  }
}

extension ErrorCode {
  /// The exit status of the process.
  var status: Int32 {
    switch self {
    case .notFound, .ambiguous, .invalidModule, .invalidInput, .exists, .failed: 1
    case .usage: 2
    case .refused: 3
    case .conflict, .notFastForward, .expectationFailed, .moved: 4
    case .policyViolated, .incompatible, .cannotRun, .notValid: 5
    case .notAStore, .newerFormat: 10
    case .locked: 11
    case .damaged: 12
    case .remoteFailed: 13
    case .remoteRefused: 14
    case .interrupted: 130
    }
  }
}
