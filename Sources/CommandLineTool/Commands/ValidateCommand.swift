internal import ArgumentParser
internal import JSONText
internal import ModuleStore
internal import StoreJSON
internal import Synchronization
internal import SystemPackage
internal import Wasm

/// `validate`: whether files are valid modules.
struct ValidateCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .validate, "Tells whether files are valid modules or components.",
    usage: """
      wasmstore validate FILE|-... [--features LIST]
      wasmstore validate --batch DIR [--features LIST]
      """,
    examples: """
        wasmstore validate app.wasm
        wasmstore validate build/*.wasm --features wasm2,simd
        wasmstore validate --batch build/ --json
        curl -s https://example.com/app.wasm | wasmstore validate -
      """,
    notes: """
      Prints a line for each file: name, tab, valid or invalid; for an invalid file, also a tab and the reason. \
      Exits with 5 if a file is invalid, and with 1 if a file cannot be read. No store is needed, and nothing is stored.
      """)

  @Argument("file", help: "A file, or - for standard input.", completion: .file())
  var files: [String] = []

  @Option(
    "batch", value: "dir", help: "Validate every regular file below this directory.",
    completion: .directory)
  var batch: String?
  @OptionGroup var features = FeatureList()
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    let features = features.features ?? .default
    let inputs = try inputs
    if files.contains("-") { try session.console.awaitInput("the module") }
    let report = VerdictReport(session.console)
    try ModuleStore.validate(inputs, features: features) { input, result in try report.add(input, result) }
    try report.finish()
  }

  private var inputs: [ValidationInput] {
    get throws {
      guard let batch else {
        guard !files.isEmpty else { throw Failure.usage("validate requires files, -, or --batch DIR") }
        guard files.filter({ $0 == "-" }).count < 2 else {
          throw Failure.usage("standard input (-) can be given only once")
        }
        return files.map { $0 == "-" ? .standardInput : ValidationInput(file: FilePath($0)) }
      }
      guard files.isEmpty else { throw Failure.usage("--batch cannot be used together with files") }
      return try ValidationInput.files(below: FilePath(batch))
    }
  }
}

/// Prints verdicts as soon as they are known.
private final class VerdictReport: Sendable {
  private let console: Console
  private let state = Mutex(State())

  private struct State {
    var isEmpty = true
    var judged = 0
    var invalid = 0
    var isAllRead = true
  }

  init(_ console: Console) { self.console = console }

  /// Prints the verdict on one file, or the error if it could not be read.
  func add(_ input: ValidationInput, _ result: Result<Verdict, StoreError>) throws {
    switch result {
    case .failure(let error):
      state.withLock { $0.isAllRead = false }
      console.report(Failure(error))
    case .success(let verdict):
      let isFirst = state.withLock { state in
        defer { state.isEmpty = false }
        state.judged += 1
        if !verdict.isValid { state.invalid += 1 }
        return state.isEmpty
      }
      try console.emit(element: VerdictLine(name: input.name, verdict: verdict), isFirst: isFirst)
    }
  }

  /// Ends the list; fails with status 1 if a file could not be read, with 5 if one is invalid.
  func finish() throws {
    let state = state.withLock(\.self)
    try console.endList(isEmpty: state.isEmpty)
    guard state.isAllRead else { throw ExitStatus(code: 1) }
    guard state.invalid > 0 else { return }
    try console.refuse(
      Failure(.notValid, "\(state.invalid) of \(state.judged) files are not valid modules"))
  }
}

/// A file and the verdict on it.
private struct VerdictLine: Presentable {
  let name: RawPath
  let verdict: Verdict

  func text(_ style: Style) -> String {
    var table = Table(style, wraps: true)
    table.append(row(style))
    let hint = style.isTerminal && !verdict.isValid ? verdict.format.map { "hint: \($0.advice)\n" } : nil
    return table.text + (hint ?? "")
  }

  /// The fields; on a terminal the verdict is the first, because the name may be long.
  private func row(_ style: Style) -> [String] {
    guard let error = verdict.error else {
      let word = style.added("valid")
      // As wide as the other word: lines are printed one by one.
      return style.isTerminal ? [word + "  ", name.spelled] : [name.spelled, word]
    }
    let start = [name.spelled, style.removed("invalid")]
    return (style.isTerminal ? start.reversed() : start)
      + ["\(error.description)\(StoreError.remark(verdict.format))"]
  }

  var json: JSONValue { .object([("name", name.json)] + verdict.jsonMembers) }
}
