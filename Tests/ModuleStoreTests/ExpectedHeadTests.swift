import Support
import Testing

@testable import ModuleStore

@Suite("The expected head of a branch")
struct ExpectedHeadTests {
  private let test: TestStore

  init() throws { test = try TestStore() }

  private func add(
    _ text: String, at path: String = "b", branch: String = "main", expecting head: ExpectedHead,
    dryRun: Bool = false
  ) throws -> CommitID? {
    let source = try test.file("expected.wasm", WasmBuilder.sampleModule(text: text))
    var request = AddRequest([ModuleSource(.file(source), path: try ModulePath(path))])
    request.expectedHead = head
    request.isDryRun = dryRun
    return try test.open(branch: branch).add(request).commit
  }

  private func refusal(_ branch: String = "main", expected: CommitID?, found: CommitID?) throws -> StoreError
  {
    .headUnexpected(try BranchName(branch), expected: expected, found: found)
  }

  @Test("that is another one refuses the change, and nothing is written")
  func moved() throws {
    let first = try #require(try test.add("one", at: "a").commit)
    let second = try #require(try test.add("two", at: "a").commit)
    for dryRun in [true, false] {
      #expect(throws: try refusal(expected: first, found: second)) {
        try add("three", expecting: .revision("main~1"), dryRun: dryRun)
      }
      #expect(throws: try refusal(expected: nil, found: second)) {
        try add("three", expecting: .absent, dryRun: dryRun)
      }
    }
    #expect(try test.open().resolve("main") == second)
    #expect(try add("three", expecting: .revision(second.hex)) != nil)
  }

  @Test("is none for a branch that the change is to make")
  func absent() throws {
    #expect(try add("one", expecting: .absent) != nil, "of a store without commits")
    let main = try test.open().resolve("main")
    #expect(throws: try refusal("dev", expected: main, found: nil)) {
      try add("two", branch: "dev", expecting: .revision("main"))
    }
    #expect(try add("two", branch: "dev", expecting: .absent) != nil)
    #expect(throws: StoreError.unknownRevision("nothere")) {
      try add("three", expecting: .revision("nothere"))
    }
  }

  @Test("is tested even where there is nothing to change")
  func unchanged() throws {
    let first = try #require(try test.add("one", at: "b").commit)
    let second = try #require(try test.add("two", at: "a").commit)
    #expect(throws: try refusal(expected: first, found: second)) {
      try add("one", expecting: .revision(first.hex))
    }
    #expect(try add("one", expecting: .revision("main")) == nil)
  }

  @Test("names the commit that a tag names, too")
  func tag() throws {
    try test.add("one", at: "a")
    try test.git("tag", "-a", "-m", "text", "v1", "main")
    #expect(try add("two", expecting: .revision("v1")) != nil)
    #expect(throws: StoreError.self) { try add("three", expecting: .revision("v1")) }
  }
}
