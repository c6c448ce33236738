import Glibc
import Support
import Testing

@testable import Wasm

@Suite("Inputs at the limits and beyond")
struct HugeInputTests {
  @Test(
    "are judged as wasm-tools judges them",
    .enabled(if: WasmTools.installed != nil, "wasm-tools is not installed"))
  func verdicts() throws {
    let wasmTools = try #require(WasmTools.installed)
    for input in HugeInput.atLimits {
      let ours = refusal(of: input.bytes)
      let theirs = try wasmTools.refusal(of: input.bytes)
      #expect(
        (ours == nil) == (theirs == nil), "\(input.name): \(ours ?? "valid"), theirs: \(theirs ?? "valid")")
    }
  }

  @Test("are refused where they announce what they do not have")
  func announcements() {
    for input in HugeInput.announcements {
      #expect(refusal(of: input.bytes) != nil, "\(input.name)")
    }
  }

  @Test("cost no more memory than they hold", .timeLimit(.minutes(15)))
  func memory() async {
    await #expect(processExitsWith: .success) {
      // The first validation also loads the program's own code.
      for sample in SampleModule.all.map(\.bytes) + [HugeInput.announcements[0].bytes] {
        _ = refusal(of: sample)
      }
      for input in HugeInput.announcements + HugeInput.atLimits {
        let cost = try HugeInputTests.peakOfMemory { _ = refusal(of: input.bytes) }
        #expect(cost <= input.memory << 20, "\(input.name): \(cost) bytes for \(input.bytes.count)")
      }
    }
  }

  /// The increase of this process's peak resident memory while `body` runs, in bytes.
  private static func peakOfMemory(while body: () -> Void) throws -> Int {
    // Otherwise memory that was freed earlier would be used again and not be counted. No module contains the header of
    // malloc_trim.
    let trim = try #require(dlsym(nil, "malloc_trim"))
    _ = unsafeBitCast(trim, to: (@convention(c) (Int) -> CInt).self)(0)
    let file = try #require(fopen("/proc/self/clear_refs", "w"))
    fputs("5", file)
    try #require(fclose(file) == 0)
    let before = try status("VmRSS:")
    body()
    return try status("VmHWM:") - before
  }

  private static func status(_ name: String) throws -> Int {
    let file = try #require(fopen("/proc/self/status", "r"))
    defer { fclose(file) }
    var line = [CChar](repeating: 0, count: 256)
    while fgets(&line, Int32(line.count), file) != nil {
      let words = String(decoding: line.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)), as: UTF8.self)
        .split { $0 == " " || $0 == "\t" }
      if words.count > 1, words[0] == name, let kilobytes = Int(words[1]) { return kilobytes << 10 }
    }
    return try #require(nil, "no \(name) in /proc/self/status")
  }
}
