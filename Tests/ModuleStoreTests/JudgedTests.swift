import Catalog
import Identifiers
import Testing
import Wasm

@testable import ModuleStore

@Suite("What became of several files")
struct JudgedTests {
  /// The refusal of bytes that do not begin as a module.
  private static let error = Verdict(of: Array("text".utf8)).error

  private func refusal(_ source: String, format: ForeignFormat? = nil) throws -> StoreError {
    .invalidModule(source: source, try #require(Self.error), format: format)
  }

  private func stored(_ size: Int) -> StoredModule {
    StoredModule(blob: .zero, facts: ModuleFacts(digest: nil, size: size, kind: .core, problem: nil))
  }

  @Test("is kept where a file is no module, and thrown where it is another mistake")
  func judging() throws {
    let refusal = try refusal("a", format: .gzip)
    let refused = try Judged { () throws(StoreError) in throw refusal }
    guard case .refused(let error) = refused else {
      Issue.record("\(refused)")
      return
    }
    #expect(error == refusal)
    #expect(throws: StoreError.cancelled) { try Judged { () throws(StoreError) in throw .cancelled } }
    guard case .stored(nil) = try Judged({ () throws(StoreError) in nil }) else {
      Issue.record("an optional file that is no module is no refusal")
      return
    }
  }

  @Test("gives the modules in the order of the files")
  func modules() throws {
    let judged: [Judged] = [.stored(stored(3)), .stored(nil), .stored(stored(1))]
    #expect(try judged.modules().map { $0?.facts.size } == [3, nil, 1])
    #expect(try [Judged]().modules().isEmpty)
  }

  @Test("names the one file that is no module as if it came alone, and several with their number")
  func refusals() throws {
    #expect(throws: try refusal("b")) { try [.stored(stored(1)), .refused(refusal("b"))].modules() }
    let several: [Judged] = [
      .refused(try refusal("b", format: .gzip)), .stored(stored(1)), .refused(try refusal("a")),
    ]
    let message = try #require(Self.error).description
    let invalid = [
      InvalidModule(source: "b", message: message + ": the file is gzip data"),
      InvalidModule(source: "a", message: message),
    ]
    #expect(throws: StoreError.invalidModules(invalid, of: 3)) { try several.modules() }
  }
}
