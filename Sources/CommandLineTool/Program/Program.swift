internal import ArgumentParser
internal import Glibc
internal import ModuleStore
internal import StoreJSON

/// The program.
public enum Program {
  /// Runs the process's arguments and ends the process with the exit status.
  public static func run() -> Never {
    for signal in ignoredSignals { Glibc.signal(signal, SIG_IGN) }
    Interruption.begin()
    let arguments = CommandLine.arguments
    Console.end(
      run(
        arguments.isEmpty ? nil : Array(arguments.dropFirst()), malformed: malformedArgument, .current,
        .standard))
  }

  /// The signals that are reported as errors of a write instead, whatever action the parent set: for the limit on the
  /// size of files, so that the error names the file; for a reader that has exited, so that the run ends normally with
  /// 141.
  static let ignoredSignals = [SIGXFSZ, SIGPIPE]

  /// The bytes of the first argument that is not UTF-8. Its replacement in `CommandLine.arguments` is the name of
  /// another file, which may exist.
  private static var malformedArgument: [UInt8]? {
    for (index, word) in CommandLine.arguments.enumerated() where word.unicodeScalars.contains("\u{fffd}") {
      guard let raw = CommandLine.unsafeArgv[index] else { continue }
      let bytes = (0..<strlen(raw)).map { UInt8(bitPattern: raw[$0]) }
      if !bytes.elementsEqual(word.utf8) { return bytes }
    }
    return nil
  }

  /// Runs arguments and returns the exit status.
  ///
  /// - Parameters:
  ///   - arguments: The arguments; nil if they are not known. Swift reads where they are from `/proc/self/maps`.
  ///   - malformed: An argument that is not UTF-8.
  ///   - environment: The environment.
  ///   - streams: The streams of the process.
  /// - Returns: The exit status.
  static func run(
    _ arguments: [String]?, malformed: [UInt8]? = nil, _ environment: Environment, _ streams: Console.Streams
  ) -> Int32 {
    // Errors in the arguments are reported before the options are parsed, so this one is searched for by hand.
    var appearance = Appearance(environment: environment)
    let words = arguments ?? []
    let isJSON = words.prefix { $0 != "--" }.contains { $0.count > 2 && "--json".hasPrefix($0) }
    appearance.format = isJSON ? .json : .text
    let console = Console(streams, appearance)
    do {
      guard arguments != nil else {
        throw Failure(
          .failed, "cannot read the arguments of this process from /proc/self/maps", hint: "mount /proc")
      }
      if let malformed {
        throw Failure.usage("invalid argument \(spelled(malformed)): it is not valid UTF-8")
      }
      let invocation = try Invocation(words)
      switch (invocation.request, invocation.command) {
      case (.passThrough, _):
        try passThrough(words, console)
      case (.version, _):
        try console.write(Wasmstore.versionLine + "\n")
      case (.shortHelp, let command):
        try console.write(Help.short(command, isTerminal: streams.outputIsTerminal))
      case (.fullHelp, let command):
        try console.write(Help.full(command, isTerminal: streams.outputIsTerminal))
      case (.run, let command?):
        try run(command.type, invocation, environment, console)
      case (.run, nil):
        guard invocation.isEmpty else {
          throw Failure.usage("a command is required", hint: "wasmstore --help")
        }
        try console.write(Help.short(nil, isTerminal: streams.outputIsTerminal))
      }
      try console.finish()
      return 0
    } catch {
      return end(error, { Failure($0) }, console)
    }
  }

  /// Runs a command and ends the process; throws if the arguments do not fit the command.
  private static func run<Command: StoreCommand>(
    _ type: Command.Type, _ invocation: Invocation, _ environment: Environment, _ console: Console
  ) throws -> Never {
    let command: Command
    do {
      command = try ArgumentReader.read(type, options: invocation.options, operands: invocation.operands)
    } catch {
      var failure = error
      failure.hint = type.configuration.usage.map { usage in
        let lines = UsageText.folded(usage, behind: "hint: usage: ")
        return "usage: " + lines.replacing("\n", with: "\n             ")
      }
      throw failure
    }
    var settings = try Settings.resolve(flags: command.common, environment: environment)
    if type.filtersByAuthor { settings.author = nil }
    let console = Console(console.streams, Appearance(flags: command.common, environment: environment))
    // The process ends without releasing the session: closing its store would take as long as opening it.
    return withExtendedLifetime(Session(settings, console)) { session in
      do {
        try command.run(session)
        try console.finish()
        session.close()
      } catch {
        Console.end(end(error, session.failure, console))
      }
      Console.end(0)
    }
  }

  /// Answers a request of completion scripts or manual pages, which ArgumentParser handles.
  private static func passThrough(_ words: [String], _ console: Console) throws {
    do {
      _ = try Wasmstore.parseAsRoot(words)
    } catch {
      guard Wasmstore.exitCode(for: error) == .success else {
        throw Failure.usage(Wasmstore.message(for: error))
      }
      try console.write(Wasmstore.fullMessage(for: error) + "\n")
    }
  }

  /// Prints why a run failed, after its other output, and returns the exit status.
  ///
  /// - Parameters:
  ///   - error: The error that ended the run.
  ///   - failure: Converts the error to a message.
  ///   - console: The console for the message.
  /// - Returns: The exit status.
  private static func end(
    _ error: any Error, _ failure: (any Error) -> Failure, _ console: Console
  ) -> Int32 {
    do { try console.finish() } catch is Console.OutputClosed { return ExitStatus.outputClosed } catch {}
    switch error {
    case is Console.OutputClosed: return ExitStatus.outputClosed
    case let status as ExitStatus: return status.code
    default:
      let failure = failure(error)
      console.report(failure)
      // A shell needs to know which signal it was.
      return failure.code == .interrupted
        ? Interruption.exitStatus ?? failure.code.status : failure.code.status
    }
  }
}

/// An end of a run without a message, only with an exit status.
struct ExitStatus: Error {
  let code: Int32

  /// The status that a shell reports for a process ended by SIGPIPE.
  static let outputClosed: Int32 = 128 + SIGPIPE
}
