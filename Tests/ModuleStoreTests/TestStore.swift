import ModuleStore
import Support
import Synchronization
import SystemPackage

/// A store in a temporary folder, with a clock that advances by a second at each reading.
struct TestStore {
  let folder: TemporaryFolder
  let root: FilePath
  let clock: TestClock
  let notes: NoteCollector

  init() throws {
    folder = try TemporaryFolder()
    root = FilePath(folder.path).appending("store")
    clock = TestClock()
    notes = NoteCollector()
  }

  /// Opens the store like a new command.
  func open(branch: String? = nil) throws -> StoreSession {
    var options = Store.Options()
    options.recordClock = { [clock] in clock.now() }
    var work = Work()
    work.now = options.recordClock
    // The folder exists as long as the store is open.
    work.note = { [notes, folder] note in withExtendedLifetime(folder) { notes.add(note) } }
    return try Store(at: root, options).connectOrCreate(work)
      .session(on: branch.map { try BranchName($0) }, work)
  }

  /// Writes a file beside the store.
  func file(_ name: String, _ bytes: [UInt8]) throws -> FilePath {
    let path = FilePath(folder.path).appending(name)
    let file = try FileDescriptor.open(
      path, .writeOnly, options: [.create, .truncate], permissions: [.ownerReadWrite])
    try file.closeAfter { _ = try file.writeAll(bytes) }
    return path
  }

  /// Adds a module with the given contents.
  @discardableResult
  func add(_ text: String, at path: String, branch: String? = nil) throws -> AddResult {
    let source = try file("source.wasm", WasmBuilder.sampleModule(text: text))
    return try open(branch: branch).add(AddRequest([ModuleSource(.file(source), path: ModulePath(path))]))
  }

  /// Runs plain git on the store.
  @discardableResult
  func git(_ arguments: String...) throws -> ProcessResult {
    try run(["git", "-C", root.string, "-c", "safe.directory=*"] + arguments)
  }
}

/// A clock that advances by a second at each reading.
final class TestClock: Sendable {
  private let seconds = Mutex<Int64>(1_767_225_600)

  func now() -> Timestamp {
    seconds.withLock { seconds in
      seconds += 1
      return Timestamp(seconds: seconds)
    }
  }
}

/// Collects the notes of a store.
final class NoteCollector: Sendable {
  private let notes = Mutex<[Note]>([])

  func add(_ note: Note) { notes.withLock { $0.append(note) } }
  var all: [Note] { notes.withLock { $0 } }
}
