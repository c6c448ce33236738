import Identifiers
import NIOCore
import Testing

@testable import StoreServer

@Suite("The cache of small modules")
struct ModuleCacheTests {
  private let cache = ModuleCache()

  /// A digest that is told apart by a number.
  private func digest(_ number: Int) -> ModuleDigest {
    let bytes = (0..<ModuleDigest.byteCount).map {
      UInt8(truncatingIfNeeded: $0 < 8 ? number >> (8 * $0) : 0)
    }
    guard let digest = ModuleDigest(bytes: bytes) else { preconditionFailure("32 bytes are a digest") }
    return digest
  }

  @Test("what is kept stays below two generations, whatever comes")
  func bounded() {
    // One buffer serves as all modules: it takes its memory once.
    let bytes = ByteBuffer(repeating: 7, count: ModuleCache.moduleLimit)
    for number in 0..<500 {
      cache.insert(bytes, for: digest(number))
      #expect(cache.bytes(of: digest(number)) == bytes)
      #expect(cache.byteCount <= 64 << 20)
    }
    #expect(cache.byteCount > 32 << 20)
    #expect(cache.bytes(of: digest(0)) == nil)
    #expect(cache.bytes(of: digest(499)) != nil)
  }

  @Test("what is used again stays, however much else comes")
  func usedAgain() {
    let bytes = ByteBuffer(repeating: 7, count: 1 << 18)
    cache.insert(bytes, for: digest(0))
    for number in 1..<2_000 {
      cache.insert(bytes, for: digest(number))
      #expect(cache.bytes(of: digest(0)) != nil, "after \(number)")
    }
  }

  @Test("the same module twice counts once")
  func twice() {
    let bytes = ByteBuffer(repeating: 7, count: 1_000)
    cache.insert(bytes, for: digest(0))
    cache.insert(bytes, for: digest(0))
    #expect(cache.byteCount == 1_000)
  }
}
