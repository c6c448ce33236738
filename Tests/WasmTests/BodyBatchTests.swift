import Dispatch
import Support
import Synchronization
import Testing

@testable import Wasm

@Suite("The whole-buffer interface")
struct BodyBatchTests {
  @Test("says what the push interface says", arguments: SampleModule.all)
  func samples(_ sample: SampleModule) {
    for bytes in [sample.bytes] + mutants(of: sample.bytes) {
      #expect(outcome(of: bytes) == pushOutcome(of: bytes))
    }
  }

  @Test(
    "says what the push interface says on the specification's cases",
    .enabled(if: SpecificationCases.installed != nil, "../shared/wasm-spec is not there"))
  func specification() throws {
    for example in try #require(SpecificationCases.installed).cases {
      #expect(outcome(of: example.bytes) == pushOutcome(of: example.bytes), "\(example.origin)")
    }
  }

  @Test("reports the first of several broken bodies, whichever thread is first", arguments: 0..<20)
  func firstError(_ attempt: Int) {
    let broken: Set<Int> = [1_500, 1_501, 2_900]
    let bytes = WasmBuilder.manyFunctions(3_000, broken: broken)
    #expect(pieces(of: bytes) > 4)
    #expect(outcome(of: bytes).contains("function 1500"))
    #expect(outcome(of: bytes) == pushOutcome(of: bytes))
  }

  @Test("reports a broken body before an error that comes later")
  func bodyBeforeData() {
    let bytes = WasmBuilder.manyFunctions(3_000, broken: [2_999]) + [11, 1, 9]
    #expect(outcome(of: bytes).contains("function 2999"))
    #expect(outcome(of: Array(bytes.dropLast())).contains("function 2999"))
  }

  private func pieces(of bytes: [UInt8]) -> Int {
    var count = 0
    _ = try? validate(bytes.span.bytes) { (batch) throws(ValidationError) in
      count += batch.count
      return try checkOnAllCores(batch, bytes)
    }
    return count
  }

  private func outcome(of bytes: [UInt8]) -> String {
    do {
      let facts = try validate(bytes.span.bytes) { (batch) throws(ValidationError) in
        try checkOnAllCores(batch, bytes)
      }
      return "\(facts)"
    } catch {
      return error.description
    }
  }

  private func pushOutcome(of bytes: [UInt8]) -> String {
    do {
      return "\(try validate(bytes))"
    } catch {
      return error.description
    }
  }

  private func checkOnAllCores(_ batch: BodyBatch, _ bytes: [UInt8]) throws(ValidationError) -> Features {
    let results = Mutex<[Int: Result<Features, ValidationError>]>([:])
    DispatchQueue.concurrentPerform(iterations: batch.count) { number in
      let result = Result { () throws(ValidationError) in try batch.check(number, in: bytes.span.bytes) }
      results.withLock { $0[number] = result }
    }
    var used: Features = []
    for (_, result) in results.withLock({ $0 }).sorted(by: { $0.key < $1.key }) {
      used.formUnion(try result.get())
    }
    return used
  }

  private func mutants(of bytes: [UInt8]) -> [[UInt8]] {
    var generator = Generator(seed: 12)
    return bytes.indices.map { index in
      var copy = bytes
      copy[index] = UInt8.random(in: 0...255, using: &generator)
      return copy
    }
  }
}
