import ModuleStore
import SystemPackage
import Testing

@testable import CommandLineTool

@Suite struct ConsoleTests {
  /// The text of a note on standard error.
  private func report(_ note: Note, isTerminal: Bool = false, verbosity: Int) throws -> String {
    let pipe = try FileDescriptor.pipe()
    defer { try? pipe.readEnd.close() }
    var appearance = Appearance(environment: Environment())
    appearance.verbosity = verbosity
    try pipe.writeEnd.closeAfter {
      let streams = Console.Streams(
        output: .standardOutput, error: pipe.writeEnd, errorIsTerminal: isTerminal)
      Console(streams, appearance).report(note)
    }
    return try String(unsafeUninitializedCapacity: 1_000) { try pipe.readEnd.read(into: .init($0)) }
  }

  @Test func `a note that is a warning is said unless silence was asked for`() throws {
    let warning = Note.incompletelyKnown(1, example: RawPath(Array("/a.wasm".utf8)))
    let text =
      "warning: a module is too large to be described completely and may match too, such as /a.wasm\n"
    for verbosity in [0, 1] { #expect(try report(warning, verbosity: verbosity) == text) }
    #expect(try report(warning, isTerminal: true, verbosity: 0) == text)
    #expect(try report(warning, verbosity: -1) == "")
  }

  @Test func `any other is for a terminal, or for who asks for more`() throws {
    let note = Note.waitingForLock("another writer")
    #expect(try report(note, verbosity: 0) == "")
    #expect(try report(note, verbosity: 1) == "waiting for another writer\n")
    #expect(try report(note, isTerminal: true, verbosity: 0) == "waiting for another writer\n")
    #expect(try report(note, isTerminal: true, verbosity: -1) == "")
  }
}
