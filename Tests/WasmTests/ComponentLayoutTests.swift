import Testing

@testable import Wasm

@Suite("The layout of component values")
struct ComponentLayoutTests {
  static let u8 = CanonicalLayout.primitive(.u8)
  static let u64 = CanonicalLayout.primitive(.u64)
  static let f32 = CanonicalLayout.primitive(.f32)
  static let string = CanonicalLayout.primitive(.string)

  @Test("fields of a record are aligned")
  func records() {
    let layout = CanonicalLayout.record([
      ComponentLayoutTests.u8, ComponentLayoutTests.u64, ComponentLayoutTests.u8,
    ])
    #expect(layout.flat == [.i32, .i64, .i32])
    #expect(layout.byteSize == 24)
    #expect(layout.alignment == 8)
    #expect(!layout.containsPointer)
  }

  @Test("cases of a variant lie over each other")
  func variants() {
    let layout = CanonicalLayout.variant(
      caseCount: 3,
      payloads: [ComponentLayoutTests.f32, ComponentLayoutTests.string, ComponentLayoutTests.u64])
    #expect(layout.flat == [.i32, .i64, .i32])
    #expect(layout.byteSize == 16)
    #expect(layout.containsPointer)
    let narrow = CanonicalLayout.variant(
      caseCount: 2, payloads: [ComponentLayoutTests.f32, ComponentLayoutTests.u8])
    #expect(narrow.flat == [.i32, .i32])
    #expect(CanonicalLayout.variant(caseCount: 257, payloads: []).byteSize == 2)
  }

  @Test("more than sixteen values are not flat")
  func manyValues() {
    let sixteen = [CanonicalLayout](repeating: ComponentLayoutTests.u8, count: 16)
    #expect(CanonicalLayout.record(sixteen).flat?.count == 16)
    #expect(CanonicalLayout.record(sixteen + [ComponentLayoutTests.u8]).flat == nil)
    #expect(CanonicalLayout.variant(caseCount: 2, payloads: [.record(sixteen)]).flat == nil)
  }

  @Test("lists of fixed length do not overflow")
  func fixedLengthLists() {
    let list = CanonicalLayout.fixedLengthList(ComponentLayoutTests.string, length: UInt32.max)
    #expect(list.flat == nil)
    #expect(list.byteSize == 8 * UInt64(UInt32.max))
    let nested = CanonicalLayout.fixedLengthList(list, length: UInt32.max)
    #expect(nested.byteSize > Limit.valueByteSize)
  }
}
