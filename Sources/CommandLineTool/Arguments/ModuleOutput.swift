internal import ArgumentParser
internal import ModuleStore
internal import StoreJSON

/// Where a command that answers with a module's bytes writes them.
struct ModuleOutput: ParsableArguments {
  @Option(
    "output", short: "o", value: "file", help: "Write to FILE; - is standard output.",
    completion: .file())
  var output: String?

  @Flag("force", help: "Write binary even to a terminal.")
  var force = false

  /// Writes the exact bytes; their hash is checked on the way.
  func write(_ module: Module, _ session: Session) throws {
    let file = OutputFile(output)
    guard file.path != nil || force || !session.console.streams.outputIsTerminal else {
      throw Failure(
        .refused, "not writing \(byteCount(module.size)) of binary to a terminal",
        hint: "use -o FILE, a pipe, or --force")
    }
    let store = try session.store
    try file.write(session) { try store.write(module, to: $0) }
    if let path = file.path { session.console.note("wrote \(byteCount(module.size)) to \(path)") }
  }
}
