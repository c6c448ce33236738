import Glibc
import Support
import Synchronization
import SystemPackage
import Testing
import Wasm

@testable import ModuleStore

@Suite("Verdicts on files")
struct VerdictTests {
  /// About 350 kB of code, so that several threads check the bodies.
  static let large: [UInt8] = WasmBuilder.manyFunctions(3_500, broken: [])
  static let broken: [UInt8] = WasmBuilder.manyFunctions(3_500, broken: [1_700, 1_701, 3_400])

  @Test("say for a large file what the validator says of its bytes as they come", arguments: [large, broken])
  func sharedOut(_ bytes: [UInt8]) throws {
    let store = try TestStore()
    let path = try store.file("large.wasm", bytes)
    let verdict = try ValidationInput(file: path).validate(features: .default)
    #expect(verdict == Verdict(of: bytes))
    #expect(verdict.encoding == .core)
    do throws(ValidationError) {
      let facts = try Wasm.validate(bytes)
      #expect(verdict.error == nil)
      #expect(verdict.features == facts.features)
    } catch {
      #expect(verdict.error == error)
      #expect(error.functionIndex == 1_700)
    }
  }

  @Test(
    "say of a pipe what they say of a file",
    arguments: [large, broken, [0, 0x61], [0x74, 0x65, 0x78, 0x74]])
  func pipe(_ bytes: [UInt8]) throws {
    let store = try TestStore()
    let file = try store.file("module.wasm", bytes)
    let name = store.folder.path + "/pipe"
    #expect(mkfifo(name, 0o600) == 0)
    // Opened for reading too, so that the writer does not wait for a reader.
    let shell = try RunningProcess(["sh", "-c", "cat \(file) > \(name)"])
    let verdict = try ValidationInput(file: FilePath(name)).validate(features: .default)
    _ = try shell.wait()
    #expect(verdict == Verdict(of: bytes))
  }

  @Test("come in the order of the list, and stop when nobody listens")
  func order() throws {
    let store = try TestStore()
    var inputs: [ValidationInput] = []
    for number in 0..<60 {
      let bytes = number % 20 == 0 ? VerdictTests.large : WasmBuilder.sampleModule(text: "\(number)")
      inputs.append(ValidationInput(file: try store.file("\(number).wasm", number == 7 ? [1] : bytes)))
    }
    inputs.insert(ValidationInput(file: FilePath(store.folder.path + "/nothing")), at: 30)
    let reported = Mutex<[String]>([])
    try validate(inputs, features: .default) { input, result in
      let word = (try? result.get()).map { $0.isValid ? "valid" : "invalid" } ?? "unread"
      reported.withLock { $0.append("\(input.name) \(word)") }
    }
    let expected = inputs.enumerated().map { index, input in
      "\(input.name) \(index == 7 ? "invalid" : index == 30 ? "unread" : "valid")"
    }
    #expect(reported.withLock { $0 } == expected)
    struct Enough: Error {}
    let count = Mutex(0)
    #expect(throws: Enough.self) {
      try validate(inputs, features: .default) { _, _ in
        count.withLock { $0 += 1 }
        throw Enough()
      }
    }
    #expect(count.withLock { $0 } == 1)
  }

  @Test("are given on every regular file below a folder, whatever its name")
  func folder() throws {
    let folder = try TemporaryFolder()
    try run([
      "sh", "-c",
      """
      cd \(folder.path) && mkdir -p b/c .git b-1 && : > a && : > b/c/z && : > b/y && : > b-1/x && : > .git/HEAD
      ln -s a link && ln -s b folder && : > "$(printf 'odd\\377name')"
      """,
    ])
    let inputs = try ValidationInput.files(below: FilePath(folder.path))
    #expect(inputs.map(\.name.spelled) == [".git/HEAD", "a", "b-1/x", "b/c/z", "b/y", #""odd\377name""#])
    for input in inputs {
      #expect(try input.validate(features: .default).error?.kind == .unexpectedEnd)
    }
  }
}
