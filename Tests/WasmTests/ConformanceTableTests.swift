import Glibc
import Support
import Testing

@testable import Wasm

/// A row of the table in Documentation/wasm.md: the test files of one proposal.
struct ConformanceRow: Sendable {
  var name: String
  var suite: String
  /// Shell patterns for the files' names.
  var files: [String]

  func holds(_ example: SpecificationCases.Case) -> Bool {
    example.suite == suite && files.contains { fnmatch($0, example.file, 0) == 0 }
  }

  /// The rows; a case belongs to the first that matches. The suite of WebAssembly 3.0 keeps all its proposals in one
  /// folder, so the names of the files distinguish them there; changes to instructions of the first version (several
  /// results, sign extension, extended constant expressions) are tested in the first version's files.
  static let all = [
    ConformanceRow(name: "typed function references", suite: "spec3", files: functionReferences),
    ConformanceRow(name: "garbage collection", suite: "spec3", files: garbageCollection),
    ConformanceRow(name: "exceptions", suite: "spec3", files: ["tag", "throw", "throw_ref", "try_table"]),
    ConformanceRow(name: "tail calls", suite: "spec3", files: ["return_call*"]),
    ConformanceRow(
      name: "custom annotations, branch hints", suite: "spec3", files: ["annotations", "custom/*"]),
    ConformanceRow(
      name: "64-bit memories and tables", suite: "spec3", files: ["??*64", "memory64-*", "table_copy_mixed"]),
    ConformanceRow(name: "relaxed SIMD", suite: "spec3", files: ["*relaxed*"]),
    ConformanceRow(name: "SIMD", suite: "spec3", files: ["simd_[!m]*"]),
    ConformanceRow(
      name: "several memories", suite: "spec3",
      files: ["memory-multi", "simd_memory-multi", "memory_size_import", "???*[0-4]"]),
    ConformanceRow(
      name: "bulk memory", suite: "spec3", files: ["bulk", "memory_[cfi]*", "table_copy", "table_init"]),
    ConformanceRow(
      name: "reference types", suite: "spec3",
      files: ["ref_func", "ref_is_null", "ref_null", "table_[fgs]*"]),
    ConformanceRow(name: "all else of WebAssembly 3.0", suite: "spec3", files: ["*"]),
    ConformanceRow(name: "legacy exceptions", suite: "legacy", files: ["*"]),
    ConformanceRow(name: "threads", suite: "prop-threads", files: ["*"]),
    ConformanceRow(name: "wide arithmetic", suite: "prop-wide-arithmetic", files: ["*"]),
    ConformanceRow(name: "components: binary format", suite: "cm-spec", files: ["binary/*"]),
    ConformanceRow(name: "components: validation", suite: "cm-spec", files: ["validation/*"]),
    ConformanceRow(name: "components: linking", suite: "cm-spec", files: ["linking/*"]),
    ConformanceRow(name: "components: resources", suite: "cm-spec", files: ["resources/*"]),
    ConformanceRow(name: "components: values", suite: "cm-spec", files: ["values/*"]),
    ConformanceRow(name: "components: asynchronous", suite: "cm-spec", files: ["async/*"]),
  ]

  private static let functionReferences = [
    "call_ref", "br_on_null", "br_on_non_null", "ref_as_non_null", "local_init", "ref", "table-sub",
  ]
  private static let garbageCollection = [
    "array", "array_*", "struct", "i31", "extern", "ref_cast", "ref_test", "ref_eq", "br_on_cast*", "type-*",
    "binary-gc",
  ]
}

/// Tests that the table by proposal in Documentation/wasm.md matches the validator. `BLESS=1` rewrites it.
@Suite(
  "The documentation's table by proposal",
  .enabled(if: SpecificationCases.installed != nil, "../shared/wasm-spec (WASM_SPEC_TESTS) is not there"))
struct ConformanceTableTests {
  @Test("is what the validator does")
  func table() async throws {
    let cases = try #require(SpecificationCases.installed).cases
    let verdicts = await ConformanceTableTests.verdicts()
    for (example, verdict) in zip(cases, verdicts) where verdict == ConformanceTableTests.crash {
      Issue.record("a crash at \(example.origin); what follows was not judged")
    }
    let table = ConformanceTableTests.table(of: cases, verdicts)
    let page = try ConformanceTableTests.page()
    if getenv("BLESS") != nil {
      try ConformanceTableTests.save(page.before + table + page.after)
    } else {
      #expect(page.table == table, "BLESS=1 scripts/test --filter ConformanceTable writes it:\n\(table)")
    }
  }

  @Test("leaves no case out, and no line without cases")
  func rows() throws {
    let cases = try #require(SpecificationCases.installed).cases
    #expect(cases.allSatisfy { example in ConformanceRow.all.contains { $0.holds(example) } })
    let used = Set(cases.compactMap { example in ConformanceRow.all.firstIndex { $0.holds(example) } })
    #expect(used.count == ConformanceRow.all.count)
  }

  private static let valid = UInt8(ascii: "V")
  private static let invalid = UInt8(ascii: "I")
  private static let crash = UInt8(ascii: "C")

  /// Validates all cases in a separate process, with one letter per case, up to the first case that crashes it.
  private static func verdicts() async -> [UInt8] {
    let ended = await #expect(
      processExitsWith: .success, observing: [\.standardOutputContent],
      performing: {
        for number in [SIGILL, SIGTRAP, SIGABRT, SIGSEGV, SIGBUS, SIGFPE] {
          signal(number) { _ in
            _ = write(1, "\u{1}C", 2)
            _exit(EXIT_SUCCESS)
          }
        }
        for example in SpecificationCases.installed?.cases ?? [] {
          let verdict = refusal(of: example.bytes) == nil ? "\u{1}V" : "\u{1}I"
          _ = write(1, verdict, 2)
        }
      })
    let output = ended?.standardOutputContent ?? []
    return zip(output, output.dropFirst()).filter { $0.0 == 1 }.map(\.1)
  }

  private struct Score {
    var files: Set<String> = []
    var right = 0
    var all = 0
    static func text(_ score: Score) -> String { score.all == 0 ? "-" : "\(score.right)/\(score.all)" }
  }

  private static func table(of cases: [SpecificationCases.Case], _ verdicts: [UInt8]) -> String {
    var lines = [
      "| proposal | suite | files | valid: right/all | invalid: right/all | crashes |",
      "|---|---|---|---|---|---|",
    ]
    let places = cases.map { example in ConformanceRow.all.firstIndex { $0.holds(example) } }
    func add(_ name: String, _ suite: String, where isMeant: (Int) -> Bool) {
      var scores = [true: Score(), false: Score()]
      var files: Set<String> = []
      for index in cases.indices where isMeant(index) {
        let example = cases[index]
        files.insert(example.file)
        scores[example.isValid, default: Score()].all += 1
        guard index < verdicts.count, verdicts[index] == (example.isValid ? valid : invalid) else { continue }
        scores[example.isValid, default: Score()].right += 1
      }
      let crashes = verdicts.indices.count { verdicts[$0] == crash && isMeant($0) }
      let texts = [true, false].map { Score.text(scores[$0, default: Score()]) }
      lines.append("| \(name) | \(suite) | \(files.count) | \(texts[0]) | \(texts[1]) | \(crashes) |")
    }
    for (number, row) in ConformanceRow.all.enumerated() {
      add(row.name, "`\(row.suite)`") { places[$0] == number }
    }
    add("**all**", "") { _ in true }
    return lines.joined(separator: "\n") + "\n"
  }

  static let path =
    "/" + #filePath.split(separator: "/").dropLast(3).joined(separator: "/") + "/Documentation/wasm.md"

  /// The parts of the page before, between and after the markers of the table.
  private static func page() throws -> (before: String, table: String, after: String) {
    let text = String(decoding: try contents(ofFile: path), as: UTF8.self)
    let start = try #require(text.firstRange(of: "<!-- table by proposal -->\n\n")).upperBound
    let end = try #require(text.firstRange(of: "\n<!-- end of the table by proposal -->")).lowerBound
    return (String(text[..<start]), String(text[start..<end]), String(text[end...]))
  }

  private static func save(_ text: String) throws {
    let file = try #require(fopen(path, "w"))
    fputs(text, file)
    #expect(fclose(file) == 0)
  }
}
