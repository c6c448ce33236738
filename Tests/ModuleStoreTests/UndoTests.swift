import Support
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

  @Test("what was undone is done again, the last undone first, until something else is done")
  func redo() throws {
    let test = try TestStore()
    for text in ["one", "two", "three"] { try test.add(text, at: "a.wasm") }
    let tops = try ["main", "main~1", "main~2"].map { try test.git("rev-parse", $0).text }
    func head() throws -> String { try test.git("rev-parse", "main").text }
    #expect(throws: StoreError.nothingToRedo) { try test.open().redo() }
    for _ in 0..<2 { _ = try test.open().undo() }
    #expect(try head() == tops[2])
    #expect(try test.open().redo(dryRun: true).command == "add /a.wasm")
    #expect(try head() == tops[2], "a dry run changes nothing")
    for top in [tops[1], tops[0]] {
      _ = try test.open().redo()
      #expect(try head() == top)
    }
    #expect(throws: StoreError.nothingToRedo) { try test.open().redo() }

    // An undo after a redo takes back what was done again, and can be redone likewise.
    _ = try test.open().undo()
    #expect(try head() == tops[1])
    _ = try test.open().redo()
    #expect(try head() == tops[0])
    // So can the undo of a redo.
    _ = try test.open().undo("0")
    #expect(try head() == tops[1])
    #expect(try test.open().redo().command == "add /a.wasm")
    #expect(try head() == tops[0])

    _ = try test.open().undo()
    try test.add("four", at: "b.wasm")
    #expect(throws: StoreError.nothingToRedo) { try test.open().redo() }
    let operations = try test.open().operations()
    #expect(operations.contains { $0.command.hasPrefix("redo ") && $0.undoes != nil })
  }

  @Test("a setting comes back by redo as a reference does")
  func redoOfSettings() throws {
    let test = try TestStore()
    try test.add("one", at: "a.wasm")
    try test.open().setProtection(of: .main, to: .changes)
    _ = try test.open().undo()
    #expect(try test.open().protection(of: .main) == .none)
    _ = try test.open().redo()
    #expect(try test.open().protection(of: .main) == .changes)
  }
}
