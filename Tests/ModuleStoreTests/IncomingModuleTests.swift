import Identifiers
import Support
import Testing

@testable import ModuleStore

@Suite("Modules that come in pieces")
struct IncomingModuleTests {
  private let test: TestStore
  private let session: StoreSession

  init() throws {
    test = try TestStore()
    session = try test.open()
  }

  /// The verdict on a module, and the number of bytes received by then.
  private struct Judgement: Equatable {
    var verdict: String
    var length: Int
  }

  /// Appends bytes in pieces with the given lengths; the last length is repeated.
  private func judge(_ bytes: [UInt8], in lengths: [Int]) throws -> Judgement {
    let module = try session.receiveModule(named: "a.wasm")
    var (rest, lengths) = (bytes[...], lengths[...])
    let error = problem {
      while !rest.isEmpty {
        let length = (lengths.count > 1 ? lengths.popFirst() : lengths.first) ?? rest.count
        let piece = Array(rest.prefix(length))
        rest = rest.dropFirst(length)
        try module.append(piece)
      }
    }
    if let error { return Judgement(verdict: error, length: bytes.count - rest.count) }
    var digest = ""
    let last = problem { digest = try module.finish().digest.hex }
    return Judgement(verdict: last ?? digest, length: bytes.count)
  }

  /// Why bytes are rejected; nil if they are not.
  private func problem(_ body: () throws -> Void) -> String? {
    do { try body() } catch {
      if case .invalidModule(_, let problem, _)? = error as? StoreError { return "\(problem)" }
      return "\(error)"
    }
    return nil
  }

  /// A module that is larger than the buffer in memory, with bytes after the large section.
  private func large(_ size: Int, tail: [UInt8] = []) -> [UInt8] {
    var module = WasmBuilder.module()
    module.custom("filler", [UInt8](repeating: 7, count: size))
    return module.bytes + tail
  }

  /// Valid and broken modules.
  private func samples(_ generator: inout Generator) -> [[UInt8]] {
    var samples = [
      WasmBuilder.sampleModule(), WasmBuilder.sampleComponent(), [], [0], Array("#!/bin/sh\n".utf8),
      WasmBuilder.manyFunctions(40, broken: []), WasmBuilder.manyFunctions(40, broken: [23]),
    ]
    for whole in samples where whole.count > 8 {
      samples.append(Array(whole.dropLast(Int.random(in: 1..<whole.count - 1, using: &generator))))
      for _ in 0..<10 {
        var broken = whole
        broken[Int.random(in: 0..<whole.count, using: &generator)] = UInt8.random(
          in: 0 ... .max, using: &generator)
        samples.append(broken)
      }
    }
    return samples
  }

  @Test(
    "the verdict is that on one piece, and comes with the byte that shows it",
    arguments: [UInt64.random(in: 0 ... .max)])
  func pieces(seed: UInt64) throws {
    var generator = Generator(seed: seed)
    for sample in samples(&generator) {
      let whole = try judge(sample, in: [])
      let bytewise = try judge(sample, in: [1])
      #expect(bytewise.verdict == whole.verdict, "seed \(seed)")
      for _ in 0..<5 {
        let lengths = (0..<20).map { _ in Int.random(in: 1...40, using: &generator) }
        let pieces = try judge(sample, in: lengths)
        #expect(
          pieces.verdict == whole.verdict,
          "\(lengths), \(pieces), \(bytewise), \(sample.prefix(20)), seed \(seed)")
        // With the piece that contains the byte. Byte by byte, some bytes are collected before they are checked.
        #expect(
          abs(pieces.length - bytewise.length) < 40,
          "\(lengths), \(pieces), \(bytewise), \(sample.prefix(20)), seed \(seed)")
      }
    }
  }

  @Test("a module beyond memory is judged and stored as it is", arguments: [1, 1_000_003, 1 << 18, 3 << 20])
  func spooled(length: Int) throws {
    let bytes = large(2 << 20)
    let module = try session.receiveModule(named: "a.wasm")
    // Byte by byte would take long for all bytes; only the start is sent like that.
    try module.append(Array(bytes.prefix(length)))
    for start in stride(from: length, to: bytes.count, by: max(length, 1 << 16)) {
      try module.append(Array(bytes[start..<min(start + max(length, 1 << 16), bytes.count)]))
    }
    let path = try ModulePath("a.wasm")
    let added = try session.add(AddRequest([ModuleSource(.received(try module.finish()), path: path)]))
    var read: [UInt8] = []
    try session.read(session.module("a.wasm")) { chunk in chunk.withUnsafeBytes { read += $0 } }
    #expect(read == bytes)
    #expect(try added.modules.map(\.digest) == [session.module("a.wasm").digest])
    try test.git("fsck", "--full", "--strict")
  }

  @Test("what cannot become a module is refused with its first bytes")
  func early() throws {
    #expect(
      try judge(Array("PK\u{3}\u{4}".utf8) + [UInt8](repeating: 0, count: 1 << 20), in: [1]).length <= 8)
    // A section of unknown kind, one out of order, and one that is longer than allowed.
    var misplaced = WasmBuilder.module()
    misplaced.section(3) { $0.raw(0) }
    misplaced.section(1) { $0.raw(0) }
    for (bytes, limit) in [
      (WasmBuilder.module().bytes + [99, 5], 16), (misplaced.bytes, 16),
      (WasmBuilder.module().bytes + [1, 0xff, 0xff, 0xff, 0xff, 0xff], 16),
    ] {
      let judgement = try judge(bytes + large(1 << 20), in: [1])
      #expect(judgement.length <= limit, "\(judgement)")
    }
  }

  @Test("a refusal says what the bytes are instead")
  func foreign() throws {
    for length in [4, 100] {
      let bytes = Array("PK\u{3}\u{4}".utf8) + [UInt8](repeating: 0, count: length)
      let module = try session.receiveModule(named: "a.wasm")
      let expected = ForeignFormat(of: bytes)
      #expect(expected != nil)
      let error = #expect(throws: StoreError.self) { try module.append(bytes) }
      guard case .invalidModule(_, _, let format) = error else {
        Issue.record("\(String(describing: error))")
        continue
      }
      #expect(format == expected)
    }
  }

  @Test("what is refused or dropped leaves nothing behind")
  func dropped() throws {
    let before = test.folder.files()
    #expect(try judge(large(3 << 20, tail: [99, 0]), in: [1 << 18]).verdict.contains("section"))
    do {
      let module = try session.receiveModule(named: "a.wasm")
      try module.append(large(3 << 20))
    }
    _ = try judge(large(3 << 20), in: [1 << 18])
    #expect(test.folder.files() == before)
  }
}
