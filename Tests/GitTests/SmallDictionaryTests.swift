import Support
import Testing

@testable import Git

@Suite("A dictionary that begins as a list")
struct SmallDictionaryTests {
  @Test("it answers as a dictionary does, small and large", arguments: [1, 3, 15, 16, 17, 18, 40] as [Int])
  func agreement(keys: Int) {
    var generator = Generator(seed: UInt64(keys))
    var small = SmallDictionary<[UInt8], Int>()
    var plain: [[UInt8]: Int] = [:]
    for step in 0..<500 {
      let key = [UInt8(Int.random(in: 0..<keys, using: &generator)), 7]
      let value = Int.random(in: 0..<4, using: &generator) == 0 ? nil : step
      small[key] = value
      plain[key] = value
      #expect(small[key] == value)
    }
    for key in 0..<keys { #expect(small[[UInt8(key), 7]] == plain[[UInt8(key), 7]]) }
    #expect(small.elements.count == plain.count)
    #expect(Dictionary(uniqueKeysWithValues: small.elements.map { ($0.key, $0.value) }) == plain)
    small.removeAll()
    #expect(small.elements.isEmpty && small[[0, 7]] == nil)
  }
}
