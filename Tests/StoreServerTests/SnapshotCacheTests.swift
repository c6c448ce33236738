import HTTPServing
import Identifiers
import ModuleStore
import Support
import SystemPackage
import Testing

@testable import StoreServer

/// A store in a temporary folder, as a server has it.
private struct OpenStore {
  let folder: TemporaryFolder
  let store: Store

  init() throws {
    folder = try TemporaryFolder()
    var options = Store.Options()
    options.keepsConnections = true
    store = Store(at: FilePath(folder.path).appending("store"), options)
    try store.connectOrCreate().close()
  }

  /// Adds a module as another process would.
  func add(_ text: String, at path: String, on branch: BranchName) throws {
    let connection = try store.connect()
    defer { connection.close() }
    let session = try connection.session(on: branch, by: nil, Work())
    let module = try session.receiveModule(named: path)
    try module.append(WasmBuilder.sampleModule(text: text))
    _ = try session.add(AddRequest([ModuleSource(.received(try module.finish()), path: ModulePath(path))]))
  }

  func list(_ branch: BranchName) throws -> [String: String] {
    let connection = try store.connect()
    defer { connection.close() }
    let entries = try connection.session(on: branch, by: nil, Work()).list(ListRequest())
    return Dictionary(uniqueKeysWithValues: entries.map { ($0.path.spelled, $0.digest?.hex ?? "") })
  }

  /// Runs plain git on the store.
  func git(_ arguments: String...) throws {
    try run(["git", "-C", store.root.string, "-c", "safe.directory=*"] + arguments)
  }
}

extension BranchSnapshot {
  /// The modules, as a dictionary.
  fileprivate var contents: [String: String] {
    var contents: [String: String] = [:]
    forEachModule { contents[String(decoding: $0, as: UTF8.self)] = $1.hex }
    return contents
  }
}

@Suite("Snapshots that a server keeps")
struct SnapshotCacheTests {
  private let test: OpenStore
  private let readers: StoreThreads
  private let cache: SnapshotCache

  init() throws {
    test = try OpenStore()
    readers = StoreThreads(test.store, count: 4, Work())
    cache = SnapshotCache(test.store, readers)
  }

  @Test("each shows what was written before it was asked for", arguments: [UInt64.random(in: 0 ... .max)])
  func current(seed: UInt64) async throws {
    var generator = Generator(seed: seed)
    let branches = [try BranchName("main"), try BranchName("dev")]
    for branch in branches { try test.add("0", at: "a", on: branch) }
    for step in 0..<80 {
      let branch = branches[Int.random(in: 0..<2, using: &generator)]
      switch Int.random(in: 0..<6, using: &generator) {
      case 0..<4:
        let path =
          "dir\(Int.random(in: 0..<3, using: &generator))/\(Int.random(in: 0..<3, using: &generator))"
        try test.add("\(step)", at: path, on: branch)
      case 4: try test.git("pack-refs", "--all", "--prune")
      default: try test.git("update-ref", "refs/heads/\(branch)", "refs/heads/\(branch)")
      }
      let expected = try test.list(branch)
      // Several at once share the reading, and none gets an older one.
      let found = try await withThrowingTaskGroup(of: [String: String].self) { group in
        for _ in 0..<4 { group.addTask { try await cache.snapshot(of: branch).contents } }
        return try await group.reduce(into: []) { $0.append($1) }
      }
      #expect(found.allSatisfy { $0 == expected }, "step \(step), seed \(seed)")
    }
    try await readers.end()
  }

  @Test("while one writes, no reader sees less than before")
  func monotonic() async throws {
    let main = try BranchName("main")
    try test.add("first", at: "0", on: main)
    try await withThrowingTaskGroup(of: Void.self) { group in
      group.addTask {
        for number in 1..<60 { try test.add("\(number)", at: "\(number)", on: main) }
      }
      for _ in 0..<4 {
        group.addTask {
          var count = 1
          while count < 60 {
            let next = try await cache.snapshot(of: main).count
            #expect(next >= count)
            count = max(next, count)
          }
        }
      }
      try await group.waitForAll()
    }
    try await readers.end()
  }

  @Test("a branch comes and goes")
  func comesAndGoes() async throws {
    let (main, dev) = (try BranchName("main"), try BranchName("dev"))
    try test.add("0", at: "a", on: main)
    for _ in 0..<3 {
      await #expect(throws: StoreError.self) { try await cache.snapshot(of: dev) }
      try test.git("branch", "dev", "main")
      #expect(try await cache.snapshot(of: dev).count == 1)
      try test.git("branch", "--quiet", "-D", "dev")
    }
    #expect(try await cache.snapshot(of: main).count == 1)
    try await readers.end()
  }

  @Test("many branches are answered, though not all are kept")
  func manyBranches() async throws {
    try test.add("0", at: "a", on: BranchName("main"))
    let names = try (0..<100).map { try BranchName("b\($0)") }
    for name in names { try test.git("update-ref", "refs/heads/\(name)", "refs/heads/main") }
    for name in names + names {
      let snapshot = try await cache.snapshot(of: name)
      #expect(snapshot.branch == name && snapshot.count == 1)
    }
    try await readers.end()
  }
}
