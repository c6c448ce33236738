import Glibc
import Support
import Testing

@testable import Wasm

/// The conformance cases of the WebAssembly community, which lie beside the project (`WASM_SPEC_TESTS`, by default
/// `../shared/wasm-spec`).
struct SpecificationCases: Sendable {
  struct Case: Sendable {
    var suite: String
    /// The test file that the case comes from, without `.wast`.
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
  /// The suites with the numbers of valid and invalid cases, and of messages without the expected phrase: in these the
  /// reference interpreter reads beyond a section's end, or the bare `unexpected end-of-file` is due.
  static let suites = [
    ("spec3", 2510, 3423, 22), ("legacy", 5, 12, 0), ("prop-threads", 173, 88, 0),
    ("prop-wide-arithmetic", 2, 8, 0),
  ]

  @Test("are judged right", arguments: suites)
  func verdicts(_ suite: String, _ valid: Int, _ invalid: Int, _ otherPhrases: Int) throws {
    let cases = try #require(SpecificationCases.installed).cases.filter { $0.suite == suite }
    #expect(cases.count { $0.isValid } == valid)
    #expect(cases.count { !$0.isValid } == invalid)
    var others = 0
    for example in cases {
      let refusal = refusal(of: example.bytes)
      #expect(
        (refusal == nil) == example.isValid, "\(example.origin): \(refusal ?? "valid"), due: \(example.text)")
      if let refusal, example.text != "-", !refusal.contains(example.text) { others += 1 }
    }
    #expect(others == otherPhrases)
  }

  @Test("are judged the same when they come byte by byte", arguments: suites)
  func bytewise(_ suite: String, _ valid: Int, _ invalid: Int, _ otherPhrases: Int) throws {
    let cases = try #require(SpecificationCases.installed).cases.filter { $0.suite == suite }
    for example in cases where example.bytes.count < 2_000 {
      #expect(
        refusal(ofPieces: example.bytes.indices.map { example.bytes[$0...$0] }) == refusal(of: example.bytes),
        "\(example.origin)")
    }
  }
}
