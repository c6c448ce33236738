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
    Console.end(
      run(Array(CommandLine.arguments.dropFirst()), malformed: malformedArgument, .current, .standard))
  }

  /// The signals that are errors of a write instead, whatever the parent has made of them: a limit on the size of
  /// files, which is then told with the file's name, and a reader that has gone, which ends the run with 141 in order.
  static let ignoredSignals = [SIGXFSZ, SIGPIPE]

  /// The bytes of the first argument that is no UTF-8. What stands in for it in `CommandLine.arguments` names another
  /// file, and may be there.
  private static var malformedArgument: [UInt8]? {
    for (index, word) in CommandLine.arguments.enumerated() where word.unicodeScalars.contains("\u{fffd}") {
      guard let raw = CommandLine.unsafeArgv[index] else { continue }
      let bytes = (0..<strlen(raw)).map { UInt8(bitPattern: raw[$0]) }
      if !bytes.elementsEqual(word.utf8) { return bytes }
    }
    return nil
  }

  /// Runs arguments and answers the exit status.
  ///
  /// `malformed`: An argument that is no text.
  static func run(
    _ words: [String], malformed: [UInt8]? = nil, _ environment: Environment, _ streams: Console.Streams
  ) -> Int32 {
    // Mistakes in the arguments are told before the options are known, so this one is looked for by hand.
    var appearance = Appearance(environment: environment)
    let isJSON = words.prefix { $0 != "--" }.contains { $0.count > 2 && "--json".hasPrefix($0) }
    appearance.format = isJSON ? .json : .text
    let console = Console(streams, appearance)
    do {
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
        guard invocation.isEmpty else { throw Failure.usage("a command is needed", hint: "wasmstore --help") }
        try console.write(Help.short(nil, isTerminal: streams.outputIsTerminal))
      }
      try console.finish()
      return 0
    } catch {
      return end(error, { Failure($0) }, console)
    }
  }

  /// Runs a command and ends the process; throws where the arguments are not the command's.
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
    // The process ends before the session goes: to close its store piece by piece would take as long as to open it.
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

  /// Answers a question of completion scripts or of the manual pages, which ArgumentParser understands.
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

  /// Tells why a run failed, after what it printed before; answers the exit status.
  ///
  /// - Parameters:
  ///   - error: What ended the run.
  ///   - failure: Puts it into words.
  ///   - console: Where it is told.
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
      // Which signal it was, a shell wants to know.
      return failure.code == .interrupted
        ? Interruption.exitStatus ?? failure.code.status : failure.code.status
    }
  }
}

/// An end without a message: the exit status says it all.
struct ExitStatus: Error {
  let code: Int32

  /// What a shell reports of a process that SIGPIPE ended.
  static let outputClosed: Int32 = 128 + SIGPIPE
}
