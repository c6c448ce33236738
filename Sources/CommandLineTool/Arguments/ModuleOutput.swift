internal import ArgumentParser
internal import ModuleStore
internal import StoreJSON

/// The destination of a module's bytes.
struct ModuleOutput: ParsableArguments {
  @Option(
    "output", short: "o", value: "file", help: "Write to FILE; - is standard output.",
    completion: .file())
  var output: String?

  @Flag("force", help: "Write binary data even to a terminal.")
  var force = false

  /// Writes the unchanged bytes, and checks their hash meanwhile.
  func write(_ module: Module, _ session: Session) throws {
    let file = OutputFile(output)
    guard file.path != nil || force || !session.console.streams.outputIsTerminal else {
      throw Failure(
        .refused, "not writing \(byteCount(module.size)) of binary data to a terminal",
        hint: "use -o FILE, a pipe, or --force")
    }
    let store = try session.store
    try file.write(session) { try store.write(module, to: $0) }
    if let path = file.path { session.console.note("wrote \(byteCount(module.size)) to \(path)") }
  }
}
