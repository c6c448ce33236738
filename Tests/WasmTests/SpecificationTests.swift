import Glibc
import Support
import Testing

@testable import Wasm

/// The conformance cases of the WebAssembly community, which are next to the project (`WASM_SPEC_TESTS`, by default
/// `../shared/wasm-spec`).
struct SpecificationCases: Sendable {
  struct Case: Sendable {
    var suite: String
    /// The test file of the case, without `.wast`.
    var file: String
    /// The test file and line.
    var origin: String
    var isValid: Bool
    /// The phrase that the specification's tests expect in the message, or "-".
    var text: String
    var bytes: [UInt8]
  }

  var cases: [Case]

  /// All cases, or nil if they are not on this machine.
  static let installed: SpecificationCases? = try? SpecificationCases()

  private init() throws {
    let folder = getenv("WASM_SPEC_TESTS").map { String(cString: $0) } ?? "../shared/wasm-spec"
    let manifest = String(decoding: try contents(ofFile: folder + "/manifest.tsv"), as: UTF8.self)
    let unpacked = try TemporaryFolder()
    try run(["tar", "-xf", folder + "/modules.tar.xz", "-C", unpacked.path])
    cases = try manifest.split(separator: "\n").dropFirst().map { line in
      let fields = line.split(separator: "\t").map(String.init)
      return Case(
        suite: fields[1], file: fields[2], origin: "\(fields[2]):\(fields[3])", isValid: fields[6] == "valid",
        text: fields[8], bytes: try contents(ofFile: unpacked.path + "/m/\(fields[0]).wasm"))
    }
  }
}

@Suite(
  "The specification's cases",
  .enabled(if: SpecificationCases.installed != nil, "../shared/wasm-spec (WASM_SPEC_TESTS) is not there"))
struct SpecificationTests {
  /// The suites with the numbers of valid and invalid cases.
  static let suites = [
    ("spec3", 2510, 3423), ("legacy", 5, 12), ("prop-threads", 173, 88), ("prop-wide-arithmetic", 2, 8),
  ]

  /// The cases whose message does not contain the expected phrase, with the phrase that it contains. The message of
  /// wasm-tools does not contain the expected phrase in any of them either.
  static let otherPhrases = [
    // The input is cut off; that error has the same text everywhere.
    "binary:459": "unexpected end-of-file", "custom:85": "unexpected end-of-file",
    // Another rule is broken first: one of two code sections has too few bodies.
    "binary:999": "function and code section have inconsistent lengths",
  ]

  @Test("are judged right, with the phrase that is due", arguments: suites)
  func verdicts(_ suite: String, _ valid: Int, _ invalid: Int) throws {
    let cases = try #require(SpecificationCases.installed).cases.filter { $0.suite == suite }
    #expect(cases.count { $0.isValid } == valid)
    #expect(cases.count { !$0.isValid } == invalid)
    for example in cases {
      let refusal = refusal(of: example.bytes)
      #expect(
        (refusal == nil) == example.isValid, "\(example.origin): \(refusal ?? "valid"), due: \(example.text)")
      guard let refusal, example.text != "-" else { continue }
      let phrase = SpecificationTests.otherPhrases[example.origin] ?? example.text
      #expect(refusal.contains(phrase), "\(example.origin)")
    }
  }

  @Test("list no case as an exception whose message has the phrase that is due")
  func exceptions() throws {
    let cases = try #require(SpecificationCases.installed).cases.filter { $0.suite == "spec3" }
    for origin in SpecificationTests.otherPhrases.keys {
      let found = cases.filter { $0.origin == origin }
      #expect(found.contains { refusal(of: $0.bytes)?.contains($0.text) == false }, "\(origin)")
    }
  }

  @Test("are judged the same when they come byte by byte", arguments: suites)
  func bytewise(_ suite: String, _ valid: Int, _ invalid: Int) throws {
    let cases = try #require(SpecificationCases.installed).cases.filter { $0.suite == suite }
    for example in cases where example.bytes.count < 2_000 {
      #expect(
        refusal(ofPieces: example.bytes.indices.map { example.bytes[$0...$0] }) == refusal(of: example.bytes),
        "\(example.origin)")
    }
  }
}
