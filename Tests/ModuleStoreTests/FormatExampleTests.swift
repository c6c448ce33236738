import FileSystem
import Identifiers
import Support
import SystemPackage
import Testing

@testable import Git
@testable import ModuleStore

/// Tests that the code reads and writes the examples in Documentation/formats.md.
@Suite struct FormatExampleTests {
  static let operation = Operation(
    id: "2fca7d99b83a", time: Timestamp(seconds: 1_767_225_600), command: "add /app.wasm",
    author: "wasmstore", mail: "wasmstore@localhost",
    moves: [
      Operation.Move(
        name: "refs/heads/main", before: nil, after: "9aacb78bf0016473340a20e7c8abdcdf84b8f279")
    ], undoes: nil)

  let folder: TemporaryFolder
  let path: FilePath

  init() throws {
    folder = try TemporaryFolder()
    path = FilePath(folder.path).appending("operations")
  }

  @Test func shownLineIsWhatIsWritten() throws {
    let torn = try OperationRecord(path: path) { [] }.append(Self.operation) { (line) throws(GitError) in
      try makeDurable([line])
    }
    #expect(torn == 0)
    #expect(try text(of: path) == shownLine() + "\n")
  }

  @Test func shownLineIsRead() throws {
    try write(try shownLine() + "\n")
    #expect(try OperationRecord(path: path) { [] }.operations() == [Self.operation])
  }

  /// The newest line is the last one even if its command names thousands of paths.
  @Test func aLongLineIsTheLast() throws {
    let record = OperationRecord(path: path) { [] }
    let command = "remove" + String(repeating: " /some/path.wasm", count: 20_000)
    let long = ModuleStore.Operation(
      id: "0123456789ab", time: Self.operation.time, command: command, author: Self.operation.author,
      moves: Self.operation.moves, undoes: nil)
    for operation in [Self.operation, long] {
      _ = try record.append(operation) { (line) throws(GitError) in try makeDurable([line]) }
      #expect(try record.unfinished() == operation)
    }
  }

  /// The lines after a carried line are those that the next commit carries, however far from the end it is.
  @Test func theTextAfterALineIsFound() throws {
    let record = OperationRecord(path: path) { [] }
    #expect(try record.text().isEmpty)
    let ids = (0..<3000).map { "\(100_000_000_000 + $0)" }
    for id in ids { try record.appendDone(id) }
    let whole = try record.text()
    let lines = whole.split(separator: 0x0a)
    for index in [0, 1, 1500, 2998, 2999] {
      #expect(try record.text(after: lines[index]) == lines[(index + 1)...].flatMap { $0 + [0x0a] })
    }
    #expect(try record.text(after: lines[7].dropLast()) == nil)
    #expect(try OperationRecord(path: path.appending("none")) { [0x61, 0x0a] }.text() == [0x61, 0x0a])
  }

  @Test func shownVoidLineTakesAnOperationBack() throws {
    let record = OperationRecord(path: path) { [] }
    _ = try record.append(Self.operation) { (line) throws(GitError) in try makeDurable([line]) }
    try record.appendVoid(Self.operation.id)
    let line = try #require(try text(of: path).split(separator: "\n").last)
    #expect(line.dropFirst(17) == "{\"void\":\"\(Self.operation.id)\"}")
    #expect(try page().contains("{\"void\":\"ID\"}"))
    #expect(try record.operations().isEmpty)
  }

  /// The worked example is one operation throughout, so that a reader can follow it from the module to the record.
  @Test func shownCommitIsMade() throws {
    var work = Work()
    work.now = { Self.operation.time }
    let root = FilePath(folder.path).appending("store")
    let source = FilePath(folder.path).appending("v1.wasm")
    try write([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 0, 3, 2, 0x76, 0x31], to: source)
    let store = try Store(at: root).connectOrCreate(work).session(work)
    let added = try store.add(AddRequest([ModuleSource(.file(source), path: ModulePath("app.wasm"))]))
    #expect(added.commit?.hex == Self.operation.moves[0].after)
  }

  private func shownLine() throws -> String {
    let line = try page().split(separator: "\n").first { $0.contains(" {\"id\":\"\(Self.operation.id)\"") }
    return String(try #require(line))
  }

  private func page() throws -> String {
    let project = FilePath(#filePath).removingLastComponent().removingLastComponent().removingLastComponent()
    return try text(of: project.appending("Documentation").appending("formats.md"))
  }

  private func text(of path: FilePath) throws -> String {
    String(decoding: try contents(of: path) ?? [], as: UTF8.self)
  }

  private func write(_ text: String) throws { try write(Array(text.utf8), to: path) }

  private func write(_ bytes: [UInt8], to path: FilePath) throws {
    let file = try FileDescriptor.open(
      path, .writeOnly, options: [.create, .truncate], permissions: [.ownerReadWrite])
    try file.closeAfter { _ = try file.writeAll(bytes) }
  }
}
