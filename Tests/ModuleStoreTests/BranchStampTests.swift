import Support
import SystemPackage
import Testing

@testable import ModuleStore

@Suite("What a branch's files look like")
struct BranchStampTests {
  private let test: TestStore
  private let store: Store
  private let main: BranchName

  init() throws {
    test = try TestStore()
    try test.add("0", at: "a")
    store = try test.open().connection.store
    main = try BranchName("main")
  }

  /// The stamp, as soon as no file is young any more.
  private func settled() throws -> BranchStamp {
    let clock = ContinuousClock()
    let limit = clock.now + .seconds(10)
    var stamp = try store.stamp(of: main)
    while !stamp.isSettled, clock.now < limit { stamp = try store.stamp(of: main) }
    #expect(stamp.isSettled)
    return stamp
  }

  @Test("it stays while the branch does")
  func stays() throws {
    let stamp = try settled()
    try test.add("1", at: "b", branch: "dev")
    _ = try test.open().list(ListRequest())
    #expect(try store.stamp(of: main) == stamp)
  }

  @Test("it changes with every way in which a branch moves")
  func moves() throws {
    let first = try test.open().existingHead().hex
    try test.add("1", at: "a")
    let second = try test.open().existingHead().hex
    try test.git("branch", "other", first)
    let file = test.root.appending("refs/heads/main").string
    let ways: [(String, () throws -> Void)] = [
      ("add", { try test.add("2", at: "a") }),
      ("update-ref", { try test.git("update-ref", "refs/heads/main", first) }),
      ("pack-refs", { try test.git("pack-refs", "--all") }),
      ("update of a packed one", { try test.git("update-ref", "refs/heads/main", second) }),
      ("deletion of another packed one", { try test.git("update-ref", "-d", "refs/heads/other") }),
      ("writing in place", { try run(["sh", "-c", "echo \(first) > '\(file)'"]) }),
      (
        "writing in place with the old time",
        {
          try run([
            "sh", "-c",
            "touch -r '\(file)' '\(file)~' && echo \(second) > '\(file)' && touch -r '\(file)~' '\(file)'",
          ])
        }
      ),
      (
        "a packed one behind a link",
        {
          let packed = test.root.appending("packed-refs").string
          try run(["sh", "-c", "mv '\(packed)' '\(packed).there' && ln -s packed-refs.there '\(packed)'"])
          _ = try settled()
          try run(["sh", "-c", "touch '\(packed).there'"])
        }
      ),
      ("deletion", { try test.git("update-ref", "-d", "refs/heads/main") }),
      ("a folder in its place", { try run(["mkdir", file]) }),
    ]
    for (name, move) in ways {
      let before = try settled()
      try move()
      #expect(try store.stamp(of: main) != before, "\(name)")
    }
  }

  @Test("a file that was just written is not settled")
  func young() throws {
    try test.add("1", at: "a")
    #expect(try !store.stamp(of: main).isSettled)
    #expect(try settled() != store.stamp(of: BranchName("missing")))
  }

  @Test("HEAD has its own")
  func head() throws {
    let before = try store.stampOfHead()
    try test.add("1", at: "a", branch: "dev")
    #expect(try store.stampOfHead() == before || !before.isSettled)
    let settledBefore = try store.stampOfHead()
    try test.git("symbolic-ref", "HEAD", "refs/heads/dev")
    #expect(try store.stampOfHead() != settledBefore)
  }
}
