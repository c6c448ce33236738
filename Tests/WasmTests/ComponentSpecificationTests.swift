import Testing

@testable import Wasm

@Suite(
  "The specification's component cases",
  .enabled(if: SpecificationCases.installed != nil, "../shared/wasm-spec (WASM_SPEC_TESTS) is not there"))
struct ComponentSpecificationTests {
  static var cases: [SpecificationCases.Case] {
    (SpecificationCases.installed?.cases ?? []).filter { $0.suite == "cm-spec" }
  }

  @Test("are judged right")
  func verdicts() {
    let cases = ComponentSpecificationTests.cases
    #expect(cases.count { $0.isValid } == 268)
    #expect(cases.count { !$0.isValid } == 466)
    for example in cases {
      let refusal = refusal(of: example.bytes)
      #expect(
        (refusal == nil) == example.isValid, "\(example.origin): \(refusal ?? "valid"), due: \(example.text)")
    }
  }

  /// The cases whose message does not contain the expected phrase, with the phrase that it contains.
  static let otherPhrases = [
    // No set of features contains lists of fixed length, so other errors in types made of them are not found.
    "validation/max-value-size:44": "Fixed-length lists require",
    "validation/max-value-size:49": "Fixed-length lists require",
    "validation/max-value-size:58": "Fixed-length lists require",
    "validation/max-value-size:64": "Fixed-length lists require",
  ]

  @Test("are refused with the phrase that is due")
  func phrases() {
    for example in ComponentSpecificationTests.cases where !example.isValid && example.text != "-" {
      guard let refusal = refusal(of: example.bytes) else { continue }
      let other = ComponentSpecificationTests.otherPhrases[example.origin]
      #expect(refusal.contains(other ?? example.text), "\(example.origin)")
      #expect(other == nil || !refusal.contains(example.text), "\(example.origin) is no exception")
    }
  }

  @Test("are judged the same when they come byte by byte")
  func bytewise() {
    for example in ComponentSpecificationTests.cases where example.bytes.count < 2_000 {
      let pieces = example.bytes.indices.map { example.bytes[$0...$0] }
      #expect(refusal(ofPieces: pieces) == refusal(of: example.bytes), "\(example.origin)")
    }
  }
}
