import Support
import Testing

@testable import Wasm

@Suite(
  "Every prefix, against wasm-tools", .enabled(if: WasmTools.installed != nil, "wasm-tools is not installed"))
struct PrefixTests {
  @Test("is judged as wasm-tools judges it", arguments: SampleModule.all)
  func prefixes(_ sample: SampleModule) throws {
    let wasmTools = try #require(WasmTools.installed)
    for count in 4...sample.bytes.count {
      let prefix = Array(sample.bytes[..<count])
      let theirs = try wasmTools.refusal(of: prefix)
      let ours = refusal(of: prefix)
      #expect(
        (ours == nil) == (theirs == nil), "\(count) bytes: \(ours ?? "valid"), theirs: \(theirs ?? "valid")")
      let isTruncated = theirs?.contains("unexpected end-of-file") == true
      #expect((ours == "unexpected end-of-file") == isTruncated, "\(count) bytes: \(theirs ?? "valid")")
    }
  }
}
