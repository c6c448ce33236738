import Support
import Testing

@testable import Wasm

@Suite("The name of a function that is refused")
struct FunctionNameTests {
  /// A module with an imported function and two others; the second of them is invalid and exported.
  private func module(_ finish: (inout WasmBuilder) -> Void = { _ in }) -> [UInt8] {
    var module = WasmBuilder.module()
    module.section(1, entries: [{ $0.raw(0x60, 0, 0) }])
    module.section(
      2,
      entries: [
        {
          $0.name("env")
          $0.name("log")
          $0.raw(0, 0)
        }
      ])
    module.section(3, entries: [{ $0.raw(0) }, { $0.raw(0) }])
    module.section(
      7,
      entries: [
        {
          $0.name("run")
          $0.raw(0, 2)
        }
      ])
    module.section(10, entries: [{ $0.sized([0, 0x0b]) }, { $0.sized([0, 0x41, 0, 0x0b]) }])
    finish(&module)
    return module.bytes
  }

  @Test("ends where the names end, whatever their number is said to be")
  func lyingCount() throws {
    let bytes = module { $0.custom("name", [1, 5, 0xff, 0xff, 0xff, 0xff, 0x0f]) }
    var found: String?
    let time = try processorTime { found = try name(in: bytes) }
    #expect(found == "run")
    #expect(time < .milliseconds(200))
  }

  private func name(in bytes: [UInt8]) throws -> String? {
    let error = try #require(refusal(of: bytes))
    #expect(error.functionIndex == 2)
    return error.namingFunction { offset, count in Array(bytes.dropFirst(offset).prefix(count)) }.functionName
  }

  private func refusal(of bytes: [UInt8]) -> ValidationError? {
    do throws(ValidationError) {
      _ = try validate(bytes)
      return nil
    } catch {
      return error
    }
  }

  @Test("comes from the name section, imported functions counted")
  func nameSection() throws {
    let bytes = module { module in
      module.custom("producers", [0])
      module.functionNames([(0, "log"), (1, "idle"), (2, "core::run")])
    }
    #expect(try name(in: bytes) == "core::run")
    let error = try #require(refusal(of: bytes)).namingFunction { Array(bytes.dropFirst($0).prefix($1)) }
    #expect(error.description.hasSuffix(#", function 2 "core::run")"#))
  }

  @Test("is shown where it lies beyond the first bytes that are read")
  func farAway() throws {
    let long = (0..<30_000).map { (3 + $0, "function number \($0)") }
    #expect(try name(in: module { $0.functionNames(long + [(2, "last")]) }) == "last")
    let name = try name(in: module { $0.functionNames([(2, String(repeating: "n", count: 5_000))]) })
    #expect(name == String(repeating: "n", count: 1_024))
  }

  @Test("comes from an export where there is no name section that has it")
  func export() throws {
    #expect(try name(in: module()) == "run")
    #expect(try name(in: module { $0.functionNames([(0, "log")]) }) == "run")
    #expect(try name(in: module { $0.custom("name", [1, 200]) }) == "run")
  }

  @Test("is that of the module inside a component which is refused")
  func component() throws {
    var component = WasmBuilder.component()
    let first = module { $0.functionNames([(2, "of the first")]) }
    component.section(1) { section in
      var valid = WasmBuilder.module()
      valid.functionNames([(2, "of another")])
      section.raw(valid.bytes)
    }
    component.section(4) { section in
      var inner = WasmBuilder.component()
      inner.section(1) { $0.raw(first) }
      section.raw(inner.bytes)
    }
    #expect(try name(in: component.bytes) == "of the first")
  }

  @Test("is looked for in vain in what is cut off or overwritten, without harm")
  func broken() throws {
    let whole = module { $0.functionNames([(0, "log"), (2, "core::run")]) }
    let end = module().count
    for count in end...whole.count {
      let bytes = Array(whole.prefix(count))
      #expect(["run", "core::run"].contains(try name(in: bytes) ?? ""))
    }
    var generator = Generator(seed: 5)
    for index in end..<whole.count {
      var bytes = whole
      bytes[index] = UInt8.random(in: 0...255, using: &generator)
      #expect(try name(in: bytes) != nil)
    }
    let error = try #require(refusal(of: whole))
    #expect(error.namingFunction { _, _ in [] } == error)
  }
}
