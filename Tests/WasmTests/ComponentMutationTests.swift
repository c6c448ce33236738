import Support
import Testing

@testable import Wasm

@Suite(
  "Mutants of components, against wasm-tools",
  .enabled(if: WasmTools.installed != nil, "wasm-tools is not installed"))
struct ComponentMutationTests {
  @Test("are judged as wasm-tools judges them", arguments: [1, 2, 3] as [UInt64])
  func mutants(_ seed: UInt64) throws {
    let wasmTools = try #require(WasmTools.installed)
    var generator = Generator(seed: seed)
    let seeds =
      ComponentSpecificationTests.cases.map(\.bytes).filter {
        8..<4_000 ~= $0.count && $0.starts(with: magic)
      }
      + SampleModule.all.map(\.bytes).filter { $0.starts(with: magic) }
    for _ in 0..<150 {
      guard var bytes = seeds.randomElement(using: &generator) else { continue }
      for _ in 0..<Int.random(in: 1...2, using: &generator) { mutate(&bytes, &generator) }
      let theirs = try wasmTools.refusal(of: bytes)
      let ours = refusal(of: bytes)
      #expect(
        (ours == nil) == (theirs == nil),
        "seed \(seed), \(bytes): \(ours ?? "valid"), theirs: \(theirs ?? "valid")")
    }
  }

  private let magic: [UInt8] = [0x00, 0x61, 0x73, 0x6d, 13, 0, 1, 0]

  /// Changes one byte after the header: by one, to a small number such as an index, or to a random value.
  private func mutate(_ bytes: inout [UInt8], _ generator: inout Generator) {
    guard let place = bytes.indices.dropFirst(8).randomElement(using: &generator) else { return }
    switch Int.random(in: 0..<3, using: &generator) {
    case 0: bytes[place] &+= 1
    case 1: bytes[place] = UInt8.random(in: 0..<20, using: &generator)
    default: bytes[place] = UInt8.random(in: 0...255, using: &generator)
    }
  }
}
