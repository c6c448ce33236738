internal import ArgumentParser
internal import Glibc
internal import ModuleStore
internal import SystemPackage

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
    do {
      if let output, output != "-" {
        try write(module, to: output, session)
      } else {
        try writeToStandardOutput(module, session)
      }
    } catch StoreError.system(_, EPIPE) {
      throw Console.OutputClosed()
    }
  }

  private func write(_ module: Module, to output: String, _ session: Session) throws {
    // A file appears under its name only when it is whole; a device or pipe is written as it is.
    let isPlain = FileKind(output) != .special
    let draft = isPlain ? "\(output).\(getpid()).part" : output
    do {
      let descriptor = try session.withUserMask {
        try FileDescriptor.open(
          draft, .writeOnly, options: isPlain ? [.create, .truncate] : [],
          permissions: [.ownerReadWrite, .groupReadWrite, .otherReadWrite])
      }
      try descriptor.closeAfter { try session.store.write(module, to: descriptor) }
      if isPlain, rename(draft, output) != 0 { throw Errno(rawValue: errno) }
    } catch {
      if isPlain { unlink(draft) }
      guard let error = error as? Errno else { throw error }
      throw Failure(.failed, "cannot write \(output): \(error)")
    }
    session.console.note("wrote \(byteCount(module.size)) to \(output)")
  }

  private func writeToStandardOutput(_ module: Module, _ session: Session) throws {
    let console = session.console
    guard force || !console.streams.outputIsTerminal else {
      throw Failure(
        .refused, "not writing \(byteCount(module.size)) of binary to a terminal",
        hint: "use -o FILE, a pipe, or --force")
    }
    try console.flush()
    try session.store.write(module, to: console.streams.output)
  }
}
