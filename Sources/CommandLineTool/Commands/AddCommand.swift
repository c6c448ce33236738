internal import ArgumentParser
internal import Identifiers
internal import JSONText
internal import ModuleStore
internal import StoreJSON
internal import SystemPackage

/// `add`: store modules.
struct AddCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .add, "Stores modules and prints their hashes.",
    usage: """
      wasmstore add FILE|- [PATH] [-m MSG] [--features LIST | --no-validate] [--if-absent]
                    [--from REV] [--expect-head REV|none] [--dry-run]
      wasmstore add -r SOURCE... [--to PREFIX] [--delete] [-m MSG] [--features LIST | --no-validate]
                    [--if-absent] [--from REV] [--expect-head REV|none] [--dry-run]
      """,
    examples: """
        wasmstore add app.wasm
        wasmstore add build/app.wasm plugins/a.wasm
        wasmstore add -r build/ --to plugins
        curl -s https://example.com/app.wasm | wasmstore add - app.wasm
      """,
    notes: """
      The default of PATH is the file's name. If PATH ends with a slash, the file's name is added. With -r, every module in the given directories and files is \
      stored in one commit, and a line is printed for each: hash, tab, path.
      """)

  @Argument(
    "file", help: "A file, or - for standard input; with -r, files and directories.",
    completion: .file())
  var words: [String]

  @Flag("recursive", short: "r", help: "Store all modules in the given directories and files.")
  var recursive = false
  @Option("to", value: "prefix", help: "With -r: put everything below this path.")
  var to: String?
  @Flag("delete", help: "With -r: remove modules below that path that are not in the directories.")
  var delete =
    false
  @Option(
    "from", value: "rev", help: "Where a new branch starts, if the branch does not exist.",
    completion: .custom(StoreCompletion.revisions))
  var start: String?
  @Option(
    "expect-head", value: "rev",
    help: "Fail unless the branch is at this revision; none: unless it does not exist.")
  var expectedHead: String?
  @Flag("if-absent", help: "Do not change paths that already have a module.") var ifAbsent = false
  @OptionGroup var message = CommitMessage()
  @OptionGroup var acceptance = Acceptance()
  @OptionGroup var dryRun = DryRun()
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    try acceptance.check()
    let sources = try sources(session.console)
    var request = AddRequest(sources)
    request.features = acceptance.list.features
    request.waivesVerdict = acceptance.noValidate
    request.message = message.message
    request.keepsPresent = ifAbsent
    request.isDryRun = dryRun.dryRun
    request.start = start
    request.expectedHead = expectedHead.map { $0 == "none" ? .absent : .revision($0) }
    if delete {
      request.replaceAll(below: try to.map { text throws(StoreError) in try ModulePath(text) })
    }
    let store = try dryRun.dryRun ? session.store : session.openOrCreateStore()
    if words.first == "-" { try session.console.awaitInput("the module") }
    let result = try add(request, to: store)
    for source in result.skipped {
      session.console.note("skipped \(source.name): it is not a WebAssembly binary")
    }
    for module in result.modules {
      guard let problem = module.problem else { continue }
      session.console.warn("not validated: \(module.path.spelled): \(problem)")
    }
    let lines = result.modules.map { module in
      AddedLine(
        module: module, isAlone: !recursive, isDryRun: dryRun.dryRun, branch: store.branch,
        commit: result.commit)
    }
    noteOtherFile(session.console)
    if recursive {
      let removed = result.removed.map {
        RemovedLine(change: $0, isDryRun: dryRun.dryRun, branch: store.branch, commit: result.commit)
      }
      let all = lines.map(AddLine.added) + removed.map(AddLine.removed)
      try session.console.emit(list: all) { style in
        guard style.isTerminal else { return all.map { $0.text(style) }.joined() }
        return AddedLine.table(lines, removed, style)
      }
      session.console.tell(Self.tally(result, isDryRun: dryRun.dryRun))
    } else {
      for line in lines { try session.console.emit(line) }
    }
  }

  /// The closing line, such as `3 added, 1 updated, 33 unchanged`.
  private static func tally(_ result: AddResult, isDryRun: Bool) -> String {
    var counts = [AddedModule.Outcome.added, .updated, .unchanged, .kept].map { outcome in
      (outcome.rawValue, result.modules.count { $0.outcome == outcome })
    }
    counts.append(("removed", result.removed.count))
    let parts = counts.filter { $0.1 > 0 }.map { "\($0.1) \($0.0)" }
    return (isDryRun ? "would be: " : "") + (parts.isEmpty ? "0 modules" : parts.joined(separator: ", "))
  }

  /// Adds files; if there are several, the error names the one that is not a module.
  private func add(_ request: AddRequest, to store: StoreSession) throws -> AddResult {
    do throws(StoreError) {
      return try store.add(request)
    } catch {
      guard recursive, case .invalidModule(let source, let message, let format) = error else { throw error }
      throw Failure(
        .invalidModule, "invalid module \(source): \(message)" + StoreError.remark(format),
        hint: format?.advice)
    }
  }

  /// Interprets the operands: FILE and PATH, or sources with `-r`.
  private func sources(_ console: Console) throws -> [ModuleSource] {
    let prefix = try to.map { text throws(StoreError) in try ModulePath(text) }
    if recursive {
      guard !words.contains("-") else {
        throw Failure.usage("-r cannot be used with -, only with files and directories")
      }
      let found = try FoundSources(among: words.map { FilePath($0) }, below: prefix)
      for file in found.skipped { console.note("skipped \(file): it is not a WebAssembly binary") }
      return found.sources
    }
    guard !delete else { throw Failure.usage("--delete requires -r") }
    guard prefix == nil else { throw Failure.usage("--to requires -r; for a single file, give a PATH") }
    guard words.count < 3 else {
      throw Failure.usage(
        "add takes one FILE and one PATH; use -r for several files", hint: "wasmstore add -r FILE...")
    }
    if words[0] == "-" {
      guard words.count == 2, !words[1].hasSuffix("/") else {
        throw Failure.usage("standard input requires a PATH")
      }
      return [ModuleSource(.standardInput, path: try ModulePath(words[1]))]
    }
    guard try FileKind(words[0]) != .directory else {
      throw Failure(
        .invalidInput, "\(words[0]) is a directory",
        hint: "wasmstore add -r \(words[0]) adds the modules in it")
    }
    let file = FilePath(words[0])
    let name = file.lastComponent?.string ?? words[0]
    // As in cp: a slash at the end means that the path is a directory.
    let path = words.count == 1 ? name : words[1].hasSuffix("/") ? words[1] + name : words[1]
    return [ModuleSource(.file(file), path: try ModulePath(path))]
  }

  /// Notes that PATH is also the name of a file, which the user may have wanted to add.
  private func noteOtherFile(_ console: Console) {
    // A path that cannot be examined is not a file that the user meant.
    guard !recursive, words.count == 2, (try? FileKind(words[1])) == .file else { return }
    console.note(
      "\(dryRun.dryRun ? "would store" : "stored") \(words[0]) at the path \(words[1]); "
        + "wasmstore add -r \(words[0]) \(words[1]) adds both files")
  }
}

/// A line of `add -r`.
private enum AddLine: Presentable {
  case added(AddedLine)
  case removed(RemovedLine)

  private var line: any Presentable {
    switch self {
    case .added(let line): line
    case .removed(let line): line
    }
  }

  func text(_ style: Style) -> String { line.text(style) }
  var json: JSONValue { line.json }
}

/// A module removed by `--delete`: a line only of a dry run; an added module has a hash and a path instead.
private struct RemovedLine: Presentable {
  let change: Change
  let isDryRun: Bool
  let branch: BranchName
  let commit: CommitID?

  func text(_ style: Style) -> String {
    isDryRun ? "would remove\t\(change.path.spelled)\t\(change.old?.hex ?? "-")\n" : ""
  }

  var json: JSONValue {
    .object([
      ("hash", .optional(change.old?.hex)), ("path", change.path.json), ("size", .optional(change.oldSize)),
      ("outcome", .text("removed")), ("branch", .text(branch.name)), ("commit", .optional(commit?.hex)),
      ("dry_run", .boolean(isDryRun)),
    ])
  }
}

/// An added module: its hash, and its path if there are several.
private struct AddedLine: Presentable {
  let module: AddedModule
  let isAlone: Bool
  let isDryRun: Bool
  let branch: BranchName
  let commit: CommitID?

  func text(_ style: Style) -> String {
    if isDryRun, style.isTerminal { return Self.table([self], [], style) }
    if isDryRun { return "would \(verb)\t\(module.path.spelled)\t\(module.digest.hex)\n" }
    return isAlone ? "\(module.digest.hex)\n" : "\(module.digest.hex)\t\(module.path.spelled)\n"
  }

  /// The lines of several modules for people: short hashes, and the result for each.
  static func table(_ lines: [AddedLine], _ removed: [RemovedLine], _ style: Style) -> String {
    let digests = ShortNames(lines.map(\.module.digest.hex), atLeast: 8)
    var table = Table(style)
    for line in lines {
      let verb = line.isDryRun ? "would \(line.verb)" : line.participle(style)
      table.append([verb, style.identifier(digests.short(line.module.digest.hex)), line.module.path.spelled])
    }
    for line in removed where line.isDryRun {
      let hash = line.change.old.map { style.short($0) }
      table.append(["would remove", style.identifier(hash ?? "-"), line.change.path.spelled])
    }
    return table.text
  }

  private func participle(_ style: Style) -> String {
    switch module.outcome {
    case .added: style.added("added")
    case .updated: style.identifier("updated")
    case .unchanged: "unchanged"
    case .kept: "kept"
    }
  }

  private var verb: String {
    switch module.outcome {
    case .added: "add"
    case .updated: "update"
    case .unchanged, .kept: "keep"
    }
  }

  var json: JSONValue {
    .object(
      module.jsonMembers + [
        ("branch", .text(branch.name)), ("commit", .optional(commit?.hex)), ("dry_run", .boolean(isDryRun)),
      ])
  }
}
