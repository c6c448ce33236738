internal import ArgumentParser
internal import FileSystem
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
    do {
      if try FileKind(output) == .special {
        let descriptor = try FileDescriptor.open(FilePath(output), .writeOnly)
        try descriptor.closeAfter { try session.store.write(module, to: descriptor) }
      } else {
        let number = String(UInt64.random(in: 0 ... .max), radix: 16)
        var draft = try session.withUserMask {
          try TemporaryFile(making: FilePath("\(output).\(number).part"), permissions: 0o666)
        }
        try session.store.write(module, to: draft.descriptor)
        try draft.publish(at: FilePath(output))
      }
    } catch {
      guard let reason = (error as? FileError)?.reason ?? error as? Errno else { throw error }
      throw Failure(.failed, "cannot write \(output): \(reason)")
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
