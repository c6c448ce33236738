import ArgumentParser
import ModuleStore
import Testing
import Wasm

@testable import CommandLineTool

@Suite struct SearchCommandTests {
  @Test(arguments: [
    ("0", 0), ("1000", 1_000), ("64k", 64_000), ("64 KB", 64_000), ("1MB", 1_000_000), ("1.5mb", 1_500_000),
    ("2MiB", 2_097_152), ("1KiB", 1_024), ("2g", 2_000_000_000), ("7 B", 7), ("0.0015k", 1),
    ("1.001k", 1_001), ("1.005k", 1_005), ("1.", 1), (".5k", 500), ("0.9999999999g", 999_999_999),
  ])
  func readsSizes(text: String, bytes: Int) {
    #expect(ByteSize(text)?.bytes == bytes)
  }

  @Test(arguments: [
    "", "k", "-1", "1e3", "0x10", "1XB", "1 k b", "1..2", ".", "9999999999999g", "inf", "nan", "١",
  ])
  func refusesWhatIsNoSize(text: String) {
    #expect(ByteSize(text)?.bytes == nil)
  }

  @Test func termsAndOptionsAskForTheSame() throws {
    let options = try SearchCommand.parse([
      "--import", "wasi:http/*", "--export", "run", "--feature", "simd", "--producer", "rustc", "--kind",
      "core", "a/b",
    ]).request()
    let terms = try SearchCommand.parse([
      "import:wasi:http/*", "export:run", "feature:simd", "producer:rustc", "kind:core", "a/b",
    ]).request()
    for request in [options, terms] {
      #expect(request.imports == [GlobPattern("wasi:http/*")])
      #expect(request.exports == [GlobPattern("run")])
      #expect(request.features == .simd)
      #expect(request.producers == [GlobPattern("rustc")])
      #expect(request.kinds == [.core])
      #expect(request.paths == ["a/b"])
    }
  }

  @Test func theNarrowestSizesCount() throws {
    let request = try SearchCommand.parse([
      "--larger", "1k", "--larger", "2k", "--smaller", "1MB", "--smaller", "2MB",
    ]).request()
    #expect(request.largerThan == 2_000)
    #expect(request.smallerThan == 1_000_000)
  }

  @Test func aWordThatNamesNoConditionIsAPath() throws {
    let words = ["path:a:b", "/import:x", "a/b:c", "*:d"]
    #expect(try SearchCommand.parse(words).request().paths == ["a:b", "/import:x", "a/b:c", "*:d"])
    #expect(throws: Failure.usage("unknown condition 'a:'", hint: "use path:a:b for a path")) {
      try SearchCommand.parse(["a:b"]).request()
    }
  }
}
