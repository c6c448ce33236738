import Git
import Support
import SystemPackage
import Testing

@testable import ModuleStore

@Suite("Reading settings")
struct SettingsFileTests {
  let folder: TemporaryFolder
  let path: FilePath

  init() throws {
    folder = try TemporaryFolder()
    path = FilePath(folder.path).appending("config")
  }

  func values(_ file: inout SettingsFile) throws -> [String] { try file.entries().map(\.value) }

  /// Overwrites the file's bytes in place.
  func overwrite(_ text: String) throws {
    try run(["dd", "of=\(path)", "conv=notrunc", "status=none"], input: Array(text.utf8))
  }

  @Test("a file that comes, changes and goes is seen, however it is written")
  func changes() throws {
    var file = SettingsFile(path)
    #expect(try values(&file) == [])
    try overwrite("[a]\n b = 1\n")
    #expect(try values(&file) == ["1"])
    try run(["git", "config", "-f", path.string, "a.b", "2"])
    #expect(try values(&file) == ["2"], "git replaces the file")
    try run(["touch", "-d", "2001-01-01", path.string])
    #expect(try values(&file) == ["2"])
    try overwrite("[a]\n b = 3\n")
    #expect(try values(&file) == ["3"], "an editor writes into it")
    try run(["sh", "-c", "echo ' c = 4' >> '\(path)'"])
    #expect(try values(&file) == ["3", "4"])
    try run(["rm", path.string])
    #expect(try values(&file) == [])
  }

  @Test("a file that is the same is not read again")
  func isReadOnce() throws {
    try overwrite("[a]\n b = 1\n")
    var file = SettingsFile(path)
    #expect(try values(&file) == ["1"])
    try run(["touch", "-r", path.string, path.string + ".time"])
    try overwrite("[a]\n b = 2\n")
    try run(["touch", "-r", path.string + ".time", path.string])
    #expect(try values(&file) == ["1"])
  }

  @Test("what cannot be parsed fails, and is read again once it can")
  func damaged() throws {
    try overwrite("[a]\n b = 1\n")
    var file = SettingsFile(path)
    #expect(try values(&file) == ["1"])
    try overwrite("[a\n")
    #expect(throws: GitError.self) { try file.entries() }
    try overwrite("[a]\n b = 5\n")
    #expect(try values(&file) == ["5"])
  }

  @Test("an open store sees the settings that others write, its own file's before the user's")
  func openStore() throws {
    let test = try TestStore()
    var options = Store.Options()
    options.userConfiguration = path
    let store = try Store(at: test.root, options).connectOrCreate().session()
    #expect(try store.author.name == "wasmstore")
    try run(["git", "config", "-f", path.string, "wasmstore.author", "User"])
    #expect(try store.author.name == "User")
    #expect(try store.setting("author")?.origin == path.string)
    try test.git("config", "wasmstore.author", "Store")
    #expect(try store.author.name == "Store")
    #expect(try store.settings().map(\.value) == ["Store"])
    try store.setSetting("author", to: nil)
    #expect(try store.author.name == "User")
    try test.git("config", "wasmstore.branch.Main.protected", "true")
    #expect(try store.setting("branch.Main.protected")?.value == "true")
    #expect(try store.setting("branch.main.protected") == nil)
  }

  @Test(
    "protection that plain git wrote counts in each spelling, and one that says nothing is an error",
    arguments: [
      ("yes", true), ("On", true), ("1", true), ("no", false), ("OFF", false), ("0", false), ("2x", nil),
    ])
  func protection(_ value: String, _ isProtected: Bool?) throws {
    let test = try TestStore()
    let store = try test.open()
    try test.git("config", "wasmstore.branch.dev.protected", value)
    let branch = try BranchName("dev")
    guard let isProtected else {
      let key = "wasmstore.branch.dev.protected"
      #expect(
        throws: StoreError.invalidSetting(
          key: key, value: value, reason: "it must be true, false or changes")
      ) { try store.isProtected(branch) }
      return
    }
    #expect(try store.isProtected(branch) == isProtected)
  }

  @Test("a lock that a killed process left on the file stands in nobody's way")
  func staleLock() throws {
    let test = try TestStore()
    let store = try test.open()
    let lock = try test.file("store/config.lock", [])
    try run(["touch", "-d", "1 minute ago", lock.string])
    try store.setSetting("author", to: "Zoe")
    #expect(try store.author.name == "Zoe")
    #expect(test.notes.all.contains(.staleLockRemoved(lock.string)))
  }
}
