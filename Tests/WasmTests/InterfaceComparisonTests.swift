import Testing

@testable public import Wasm

@Suite("Comparison of interfaces")
struct InterfaceComparisonTests {
  /// A module with the given imports and exports.
  private func core(
    imports: [(String, String, ExternalType)] = [], exports: [(String, ExternalType)] = []
  ) -> ModuleDescription {
    var module = ModuleDescription(encoding: .core, features: [], size: 8)
    module.imports = imports.map { ModuleImport(module: $0.0, name: $0.1, type: $0.2) }
    module.exports = exports.map { ModuleExport(name: $0.0, type: $0.1) }
    return module
  }

  /// The changes between two modules as lines: severity, action, subject, name, types.
  private func lines(_ old: ModuleDescription, _ new: ModuleDescription) -> [String] {
    InterfaceComparison(old: old, new: new).changes.map { change in
      let types = [change.old, change.new].compactMap(\.self).joined(separator: " → ")
      return "\(change.severity) \(change.action) \(change.subject) \(change.shownName): \(types)"
    }
  }

  @Test("equal interfaces are a patch, whatever else differs")
  func equal() {
    var new = core(imports: [("env", "log", "(func (param i32))")], exports: [("run", "(func)")])
    let old = new
    new.size = 4_711
    new.name = "another"
    new.definedFunctions = 12
    new.features = .branchHints
    let comparison = InterfaceComparison(old: old, new: new)
    #expect(comparison.changes.isEmpty)
    #expect(comparison.verdict == .patch)
  }

  @Test("exports are promises: removing one is major, adding one minor")
  func exports() {
    let one = core(exports: [("run", "(func)")])
    let two = core(exports: [("memory", "(memory 1)"), ("run", "(func)")])
    #expect(lines(two, one) == ["major removed export memory: (memory 1)"])
    #expect(lines(one, two) == ["minor added export memory: (memory 1)"])
    #expect(InterfaceComparison(old: two, new: one).verdict == .major)
    #expect(InterfaceComparison(old: one, new: two).verdict == .minor)
  }

  @Test("imports are demands: adding one is major, removing one minor")
  func imports() {
    let one = core(imports: [("env", "log", "(func (param i32))")])
    let two = core(imports: [("env", "log", "(func (param i32))"), ("wasi", "log", "(func)")])
    #expect(lines(one, two) == ["major added import wasi.log: (func)"])
    #expect(lines(two, one) == ["minor removed import wasi.log: (func)"])
    let renamed = core(imports: [("host", "log", "(func (param i32))")])
    #expect(
      lines(one, renamed) == [
        "minor removed import env.log: (func (param i32))", "major added import host.log: (func (param i32))",
      ])
  }

  /// Changes of a type, and their severity for an export and for an import.
  static let typeChanges: [(old: ExternalType, new: ExternalType, export: String, import: String)] = [
    ("(func (param i32))", "(func (param i64))", "major", "major"),
    ("(func)", "(func (result i32))", "major", "major"),
    ("(memory 1)", "(memory 2)", "minor", "major"),
    ("(memory 2)", "(memory 1)", "major", "minor"),
    ("(memory 1)", "(memory 1 2)", "minor", "major"),
    ("(memory 1 2)", "(memory 1)", "major", "minor"),
    ("(memory 1 2)", "(memory 1 3)", "major", "minor"),
    ("(memory 1 3)", "(memory 2 4)", "major", "major"),
    ("(memory 1 2)", "(memory i64 1 2)", "major", "major"),
    ("(memory 1 2)", "(memory 1 2 shared)", "major", "major"),
    ("(memory 1 2)", "(memory 1 2 (pagesize 1))", "major", "major"),
    ("(table 1 funcref)", "(table 2 funcref)", "minor", "major"),
    ("(table 1 9 funcref)", "(table 1 funcref)", "major", "minor"),
    ("(table 1 funcref)", "(table 1 externref)", "major", "major"),
    ("(table 1 funcref)", "(table 1 (ref func))", "major", "major"),
    ("(table 1 funcref)", "(table i64 1 funcref)", "major", "major"),
    ("(global i32)", "(global (mut i32))", "major", "major"),
    ("(global (mut i32))", "(global i32)", "major", "major"),
    ("(global i32)", "(global i64)", "major", "major"),
    ("(global funcref)", "(global (ref func))", "minor", "major"),
    ("(global (ref func))", "(global funcref)", "major", "minor"),
    ("(global (mut funcref))", "(global (mut (ref func)))", "major", "major"),
    ("(tag (param i32))", "(tag)", "major", "major"),
    ("(func)", "(func (type $0123456789abcdef))", "major", "major"),
    ("(func (type $0123456789abcdef))", "(func (type $0123456789abcdee))", "major", "major"),
    ("(tag (param i32))", "(tag (type $0123456789abcdef) (param i32))", "major", "major"),
    ("(func)", "(global i32)", "major", "major"),
  ]

  @Test("types may only be refined on exports and relaxed on imports", arguments: typeChanges)
  func types(_ old: ExternalType, _ new: ExternalType, export: String, import: String) {
    let texts = "\(old.text(in: .core)) → \(new.text(in: .core))"
    #expect(
      lines(core(exports: [("x", old)]), core(exports: [("x", new)])) == [
        "\(export) changed export x: \(texts)"
      ])
    #expect(
      lines(core(imports: [("env", "x", old)]), core(imports: [("env", "x", new)]))
        == ["\(`import`) changed import env.x: \(texts)"])
  }

  @Test("a name may be imported more than once")
  func duplicates() {
    let once = core(imports: [("env", "f", "(func)")])
    let twice = core(imports: [("env", "f", "(func)"), ("env", "f", "(func)")])
    let both = core(imports: [("env", "f", "(func)"), ("env", "f", "(func (param i32))")])
    #expect(lines(once, twice).isEmpty)
    #expect(lines(twice, once).isEmpty)
    #expect(lines(twice, both) == ["major added import env.f: (func (param i32))"])
    #expect(lines(both, twice) == ["minor removed import env.f: (func (param i32))"])
    let memories = core(imports: [("env", "m", "(memory 1)"), ("env", "m", "(memory 3)")])
    let more = core(imports: [
      ("env", "m", "(memory 3)"), ("env", "m", "(memory 1)"), ("env", "m", "(memory 2)"),
    ])
    #expect(lines(memories, more) == ["minor added import env.m: (memory 2)"])
    #expect(lines(more, memories) == ["minor removed import env.m: (memory 2)"])
  }

  @Test("names are compared byte by byte")
  func names() {
    let composed = core(exports: [("\u{e9}", "(func)")])
    let decomposed = core(exports: [("e\u{301}", "(func)")])
    #expect(
      lines(composed, decomposed) == [
        "major removed export \u{e9}: (func)", "minor added export e\\u{301}: (func)",
      ])
  }

  @Test("a core module that becomes a component is major")
  func kind() {
    let component = ModuleDescription(encoding: .component, features: .componentModel, size: 8)
    #expect(lines(core(), component) == ["major changed kind : core module → component"])
    #expect(lines(component, core()) == ["major changed kind : component → core module"])
  }

  @Test("features that the old module did not use are minor")
  func features() {
    var new = core()
    new.features = [.simd, .threads]
    let comparison = InterfaceComparison(old: core(), new: new)
    #expect(comparison.newFeatures == [.simd, .threads])
    #expect(comparison.changes.isEmpty)
    #expect(comparison.verdict == .minor)
    #expect(InterfaceComparison(old: new, new: core()).verdict == .patch)
    #expect(InterfaceComparison(old: new, new: core()).newFeatures == [])
  }

  @Test("what is not known in full is major")
  func incomplete() {
    var cut = core()
    cut.isComplete = false
    #expect(InterfaceComparison(old: cut, new: core()).verdict == .major)
    #expect(InterfaceComparison(old: core(), new: cut).verdict == .major)
    #expect(!InterfaceComparison(old: core(), new: cut).isComplete)
  }

  @Test("many types of one import take no quadratic time")
  func manyDuplicates() {
    let old = core(imports: (0..<20_000).map { ("env", "m", .memory(pages: UInt64($0))) })
    let new = core(imports: (0..<20_000).map { ("env", "m", .memory(pages: UInt64(30_000 + $0))) })
    #expect(InterfaceComparison(old: old, new: new).changes.count == 20_000)
  }
}

extension ExternalType: ExpressibleByStringLiteral {
  /// Makes a core type from its text; a misspelled text in a test becomes an odd definition.
  public init(stringLiteral text: String) {
    self = ExternalType(parsing: text) ?? .type(definition: .cut("no type: \(text)"))
  }

  static func memory(pages: UInt64) -> ExternalType {
    .memory(MemoryDescription(bounds: SizeBounds(minimum: pages, maximum: nil)))
  }
}
