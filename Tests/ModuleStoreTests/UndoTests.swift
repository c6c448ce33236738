import Testing

@testable import ModuleStore

@Suite("Undoing")
struct UndoTests {
  @Test("an operation is named by its number, its id, or its id's beginning")
  func names() throws {
    let test = try TestStore()
    let store = try test.open()
    // An id may consist only of decimal digits.
    let operations = (0..<12_000).map { number in
      let digits = String(number)
      let id = String(repeating: "0", count: 12 - digits.count) + digits
      return Operation(
        id: number == 11_000 ? "cafe12345678" : id, time: Timestamp(seconds: 0), command: "\(number)",
        author: "", moves: [], undoes: nil)
    }
    for (text, number) in [
      ("0", 0), ("999", 999), ("1000", 1_000), ("9999", 9_999), ("11999", 11_999), ("cafe", 11_000),
      ("CAFE12345678", 11_000), ("000000000012", 12), ("000000011999", 11_999),
    ] {
      #expect(try store.find(text, in: operations).command == "\(number)", "\(text)")
    }
    for text in ["", "-1", "+5", "12000", "caf", "0000", "cafe123456789", "x"] {
      #expect(throws: StoreError.operationNotFound(text)) { try store.find(text, in: operations) }
    }
  }
}
