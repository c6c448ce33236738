import ModuleStore
import Support
import SystemPackage
import Testing

@testable import StoreServer

@Suite("A file of keys")
struct AccessFileTests {
  private let folder: TemporaryFolder
  private let file: AccessFile

  init() throws {
    folder = try TemporaryFolder()
    file = AccessFile(at: FilePath(folder.path + "/keys"))
  }

  private func write(_ text: String) throws {
    let descriptor = try FileDescriptor.open(
      file.path, .writeOnly, options: [.create, .truncate], permissions: [.ownerReadWrite])
    try descriptor.closeAfter { _ = try descriptor.writeAll(text.utf8) }
  }

  private func text() throws -> String { try run(["cat", file.path.string]).text + "\n" }

  /// The digest is that of `printf secret | sha256sum`.
  private static let line =
    #"{"sha256":"2bb80d537b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b","name":"ci","methods":["GET","HEAD"],"path":"/plugins","branch":"release/*","expires":"2027-01-01T00:00:00Z","created":"2026-01-01T00:00:00Z"}"#

  private func key(_ name: String) throws -> AccessKey {
    try #require(AccessKey(name: name, methods: .reading))
  }

  @Test func `writes the line of the documentation, and reads it`() throws {
    var key = try key("ci")
    key.path = try ModulePath("/plugins")
    key.branch = "release/*"
    key.expiry = Timestamp(seconds: 1_798_761_600)
    key.creation = Timestamp(seconds: 1_767_225_600)
    try file.add(key, secret: Secret("secret"), timeout: .seconds(60))
    #expect(try text() == Self.line + "\n")
    #expect(try file.keys().key(for: "secret".utf8) == key)
    #expect(try file.keys().key(for: "Secret".utf8) == nil)
    #expect(try run(["stat", "-c", "%a", file.path.string]).text == "600")
    let page = try run([
      "cat",
      #filePath.replacing("Tests/StoreServerTests/AccessFileTests.swift", with: "Documentation/formats.md"),
    ])
    #expect(page.text.contains("\n\(Self.line)\n"))
  }

  @Test func `keeps comments, owner and mode, and the other keys`() throws {
    try write("# by hand\n\n\(Self.line)\n")
    _ = try run(["chmod", "640", file.path.string])
    try file.add(key("zoe"), secret: Secret("b"), timeout: .seconds(60))
    try file.remove("ci", timeout: .seconds(60))
    let digest = SecretDigest(of: "b".utf8).hex
    #expect(
      try text()
        == "# by hand\n\n{\"sha256\":\"\(digest)\",\"name\":\"zoe\",\"methods\":[\"GET\",\"HEAD\"]}\n")
    #expect(try run(["stat", "-c", "%a", file.path.string]).text == "640")
    #expect(folder.files() == ["keys"])
  }

  @Test func `refuses a second key of a name, and to remove what is not there`() throws {
    let path = file.path.string
    #expect(throws: AccessError.noFile(path)) { try file.remove("ci", timeout: .seconds(60)) }
    #expect(throws: AccessError.noFile(path)) { try file.keys() }
    try file.add(key("ci"), secret: Secret(), timeout: .seconds(60))
    #expect(throws: AccessError.keyExists("ci", file: path)) {
      try file.add(key("ci"), secret: Secret(), timeout: .seconds(60))
    }
    #expect(throws: AccessError.keyNotFound("zoe", file: path)) {
      try file.remove("zoe", timeout: .seconds(60))
    }
    #expect(throws: AccessError.keyExists("ci", file: path)) { try file.checkAdding(key("ci")) }
  }

  @Test(arguments: [
    ("x", "the line is not a JSON object"),
    ("[]", "the line is not a JSON object"),
    (Self.line.replacing("path", with: "only"), "the member only is unknown"),
    (
      Self.line.replacing("\"name\":\"ci\"", with: "\"name\":\"ci\",\"name\":\"a\""),
      "a member is there twice"
    ),
    (Self.line.replacing("2bb8", with: "2BB8"), "sha256 is not 64 hexadecimal digits in lower case"),
    (Self.line.replacing("2bb8", with: ""), "sha256 is not 64 hexadecimal digits in lower case"),
    (Self.line.replacing("\"ci\"", with: "null"), "name does not have the form NAME or NAME <MAIL>"),
    (Self.line.replacing("\"ci\"", with: "\"<\""), "name does not have the form NAME or NAME <MAIL>"),
    (Self.line.replacing("[\"GET\",\"HEAD\"]", with: "[]"), "methods is not a list"),
    (Self.line.replacing("\"HEAD\"", with: "1"), "methods: a method is missing"),
    (Self.line.replacing("/plugins", with: "/.git"), "path is not a valid path"),
    (Self.line.replacing("\"/plugins\"", with: "null"), "path is not a string"),
    (Self.line.replacing("release/*", with: ""), "branch is not a pattern"),
    (
      Self.line.replacing("2027-01-01T00:00:00Z", with: "tomorrow"),
      "expires is not a time such as 2027-01-01T00:00:00Z"
    ),
    (
      Self.line.replacing("2027-01-01T00:00:00Z", with: "2027-02-30T00:00:00Z"),
      "expires is not a time such as 2027-01-01T00:00:00Z"
    ),
    ("\(Self.line)\n\(Self.line)", "the name ci is used twice"),
  ])
  func `refuses a file with a line that it does not understand`(lines: String, reason: String) throws {
    try write("# keys\n\(lines)\n")
    let number = 1 + lines.split(separator: "\n").count
    let error = AccessError.invalidLine(file: file.path.string, line: number, reason: reason)
    #expect(throws: error) { try file.keys() }
    #expect(throws: error) { try file.add(key("zoe"), secret: Secret(), timeout: .seconds(60)) }
  }

  @Test func `is read again when it has changed`() throws {
    var reader = file
    #expect(throws: AccessError.noFile(file.path.string)) { try reader.currentKeys() }
    try file.add(key("ci"), secret: Secret("one"), timeout: .seconds(60))
    #expect(try reader.currentKeys().keys.map(\.name) == ["ci"])
    try file.add(key("zoe"), secret: Secret("two"), timeout: .seconds(60))
    #expect(try reader.currentKeys().key(for: "two".utf8)?.name == "zoe")
    try file.remove("ci", timeout: .seconds(60))
    #expect(try reader.currentKeys().key(for: "one".utf8) == nil)
  }

  @Test func `several writers lose nothing`() async throws {
    let file = file
    try await withThrowingTaskGroup(of: Void.self) { group in
      for number in 0..<8 {
        group.addTask {
          let key = try #require(AccessKey(name: "key\(number)", methods: .reading))
          try file.add(key, secret: Secret(), timeout: .seconds(60))
        }
      }
      try await group.waitForAll()
    }
    #expect(Set(try file.keys().keys.map(\.name)) == Set((0..<8).map { "key\($0)" }))
    #expect(folder.files() == ["keys"])
  }
}
