internal import ArgumentParser
internal import JSONText
internal import ModuleStore
internal import StoreJSON
internal import SystemPackage

/// `watch`: the changes of each new commit of a branch.
struct WatchCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .watch, "Prints the changes of each new commit.",
    usage: "wasmstore watch [--since REV | --initial] [--prefix PREFIX] [-- CMD [ARG...]]",
    examples: """
        wasmstore watch
        wasmstore watch --since "$last" --prefix plugins
        wasmstore watch -- jq -c 'keys'
      """,
    notes: """
      A line of JSON for each commit: {"/path":{"action":"added"|"updated"|"removed","hash":...}}. With --since or --json \
      it is {"commit":...,"changes":{...}}; --since with that commit continues after it, without a gap or a repetition. \
      CMD runs for each line and reads it from its standard input.
      """)

  @Option(
    "since", value: "rev", help: "Begin with the commits after this revision.",
    completion: .custom(StoreCompletion.revisions))
  var since: String?
  @Flag("initial", help: "Begin with all modules of the branch, as added.") var initial = false
  @Option(
    "prefix", value: "prefix", help: "Print only changes of this module or directory.",
    completion: .custom(StoreCompletion.modules))
  var prefix: String?
  @Argument("command", help: "A program to run for each line, and its arguments.")
  var command: [String] = []
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    guard since == nil || !initial else {
      throw Failure.usage("--since and --initial cannot be used together")
    }
    let prefix = try prefix.map { text throws(StoreError) in try ModulePath(text) }
    session.keepsConnection = true
    let start = since.map { CursorStart.revision($0) } ?? (initial ? .nothing : .now)
    let cursor = try session.store.cursor(from: start, below: prefix)
    let console = session.console
    // The program that we run may continue although nobody reads our output.
    let output = command.isEmpty ? console.streams.output : nil
    do {
      while let event = try cursor.awaitNext(whileRead: output) {
        try tell(EventLine(event: event, namesCommit: since != nil), console)
      }
    } catch StoreError.cancelled {
      // The usual end, without a message.
      throw ExitStatus(code: Interruption.exitStatus ?? Failure.Code.interrupted.status)
    }
    throw Console.OutputClosed()
  }

  /// Prints a line, or passes it to a program and waits until that ends.
  private func tell(_ line: EventLine, _ console: Console) throws {
    guard let program = command.first else { return try console.emit(streamed: line) }
    let process: ChildProcess
    do throws(Errno) { process = try ChildProcess(program, command) } catch {
      throw Failure(.failed, "cannot run \(program): \(error)")
    }
    do throws(Errno) { try process.write(console.line(line)) } catch {
      // The program need not read its input.
      if error != .brokenPipe { console.warn("cannot send all changes to \(program): \(error)") }
    }
    switch process.end() {
    case .status(0): break
    case .status(let status): console.warn("\(program) ended with status \(status)\(line.place)")
    case .signal(let signal): console.warn("\(program) was ended by signal \(signal)\(line.place)")
    }
  }
}

/// The changes of a commit.
private struct EventLine: Presentable {
  let event: StoreEvent
  /// Whether the text also names the commit from which a reader can continue.
  let namesCommit: Bool

  func text(_ style: Style) -> String { (namesCommit ? json : event.changesJSON).serialized + "\n" }
  var json: JSONValue { event.json }

  /// The commit in a message, as text.
  var place: String { event.commit.map { ", at commit \($0.hex)" } ?? "" }
}
