import Support
import Testing

@testable import Wasm

@Suite("Worlds of core modules", .enabled(if: WasmTools.installed != nil, "wasm-tools is not installed"))
struct WorldTests {
  private static let source = """
    package acme:plugins@1.0.0;
    interface log { write: func(text: string); }
    world plugin { import log; type level = u32; export run: func(at: level) -> string; }
    """

  private func moduleWithWorld() throws -> [UInt8] {
    let wasmTools = try #require(WasmTools.installed)
    let folder = try TemporaryFolder()
    _ = try run(["tee", folder.path + "/plugin.wit"], input: Array(WorldTests.source.utf8))
    return try wasmTools.output(
      of: ["component", "embed", folder.path + "/plugin.wit", "-w", "plugin", "-"],
      input: WasmBuilder.module().bytes)
  }

  @Test("are found in the section that wasm-tools writes")
  func embedded() throws {
    let described = try validate(try moduleWithWorld())
    let world = try #require(described.worlds.first)
    #expect(described.worlds.count == 1 && described.isComplete && described.encoding == .core)
    #expect(world.name == "acme:plugins/plugin@1.0.0")
    #expect(
      world.imports.map { "\($0.name): \($0.type.text(in: .component))" } == [
        "acme:plugins/log@1.0.0: interface { write: func(text: string) }", "level: type u32",
      ])
    #expect(
      world.exports.map { "\($0.name): \($0.type.text(in: .component))" } == [
        "run: func(at: level) -> string"
      ])
    #expect(ModuleDescription(encoded: described.encoded()) == described)
  }

  @Test("are left out where the section is damaged, or belongs to a module inside")
  func damaged() throws {
    let bytes = try moduleWithWorld()
    let start = try #require(try validate(bytes).sections.last { $0.name == "component-type" }?.offset)
    var broken = bytes
    broken[bytes.count - 1] ^= 0xff
    broken[start + 30] ^= 0xff
    #expect(try validate(broken).worlds.isEmpty)
    var component = WasmBuilder.component()
    component.section(1) { $0.raw(bytes) }
    #expect(try validate(component.bytes).worlds.isEmpty)
    var inside = WasmBuilder.module()
    inside.custom("component-type", bytes)
    #expect(try validate(inside.bytes).worlds.isEmpty)
  }
}
