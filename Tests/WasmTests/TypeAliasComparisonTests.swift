import Testing

@testable import Wasm

@Suite("Comparison of types by what they are")
struct TypeAliasComparisonTests {
  private func function(_ type: String) -> ExternalType {
    let type = ValueTypeDescription(stringLiteral: type)
    return .function(FunctionSignature(parameters: [.init(name: "x", type: type)], results: []))
  }

  /// A component that exports an interface `i` of some types and a function.
  private func component(_ types: [(String, ExternalType)], _ parameter: String) -> ModuleDescription {
    var module = ModuleDescription(encoding: .component, features: .componentModel, size: 8)
    module.imports = [
      ModuleImport(
        module: nil, name: "a:b/t",
        type: .instance(exports: [
          ModuleExport(name: "r", type: .resource),
          ModuleExport(name: "place", type: .type(definition: "record { line: u32, of: r }")),
          ModuleExport(name: "string", type: .type(definition: "enum { a }")),
        ])),
      ModuleImport(module: nil, name: "s", type: .type(definition: "list<a:b/t.{place}>")),
    ]
    let items = types + [("f", function(parameter))]
    module.exports = [
      ModuleExport(name: "i", type: .instance(exports: items.map { ModuleExport(name: $0.0, type: $0.1) }))
    ]
    return module
  }

  static let aliases: [(types: [(String, String)], new: String, old: String, isSame: Bool)] = [
    ([("t", "u32")], "t", "u32", true), ([("t", "u32")], "list<t>", "list<u32>", true),
    ([("t", "u32")], "t", "u64", false), ([("t", "u32"), ("v", "t")], "option<v>", "option<u32>", true),
    ([("t", "record { a: u8 }")], "t", "record { a: u8 }", true),
    ([("p", "a:b/t.{place}")], "p", "a:b/t.{place}", true),
    ([("p", "a:b/t.{place}")], "p", "record { line: u32, of: a:b/t.{r} }", true),
    ([("p", "a:b/t.{place}"), ("r", "a:b/t.{r}")], "p", "record { line: u32, of: a:b/t.{r} }", true),
    ([("p", "a:b/t.{place}")], "list<p>", "s", true), ([("p", "a:b/t.{r}")], "p", "a:b/t.{r}", true),
    ([("p", "a:b/t.{r}")], "p", "borrow<a:b/t.{r}>", false),
    ([("%string", "enum { a }")], "string", "%string", false),
    ([("string", "enum { a }")], "%string", "enum { a }", true),
    ([("string", "enum { a }")], "string", "enum { a }", false),
    ([("t", "u32")], "variant { t(t), u }", "variant { t(u32), u }", true),
    ([("t", "u32")], "variant { u(t), t }", "variant { u(u32), u32 }", false),
    ([("t", "t")], "t", "u32", false), ([("t", "v"), ("v", "t")], "t", "v", false),
  ]

  @Test("another name of a type is that type", arguments: aliases)
  func names(_ types: [(String, String)], _ new: String, _ old: String, isSame: Bool) {
    let aliases = types.map {
      ($0.0, ExternalType.type(definition: ValueTypeDescription(stringLiteral: $0.1)))
    }
    let comparison = InterfaceComparison(old: component([], old), new: component(aliases, new))
    let changes = comparison.changes.filter { $0.action == .changed }
    #expect(changes.isEmpty == isSame, "\(changes)")
    let back = InterfaceComparison(old: component(aliases, new), new: component([], old))
    #expect(back.changes.contains { $0.action == .changed } != isSame)
  }

  @Test("a resource of the interface is not one of the same name elsewhere")
  func resources() {
    let own = [("r", ExternalType.resource)]
    let inline = component(own, "record { line: u32, of: r }")
    #expect(InterfaceComparison(old: component(own, "a:b/t.{place}"), new: inline).verdict == .major)
  }

  @Test("types that grow without bounds are not certain to be the same")
  func growth() {
    let types = (1...40).map { ("t\($0)", ExternalType.type(definition: "tuple<t\($0 - 1), t\($0 - 1)>")) }
    let all = [("t0", ExternalType.type(definition: "u8"))] + types
    let renamed = component(all + [("last", .type(definition: "t40"))], "last")
    #expect(InterfaceComparison(old: component(all, "t40"), new: renamed).verdict == .major)
    let small = component(all + [("last", .type(definition: "t4"))], "last")
    #expect(InterfaceComparison(old: component(all, "t4"), new: small).verdict == .minor)
  }

  /// Lists in lists, with names for parts of them.
  @Test(
    "types with definitions that nest deeply are compared up to a limit", arguments: [(1, true), (6, false)])
  func depth(_ count: Int, _ isSame: Bool) {
    let types = (1...count).map { level in
      let definition = (0..<100).reduce("t\(level - 1)" as ValueTypeDescription) { type, _ in .list(type) }
      return ("t\(level)", ExternalType.type(definition: definition))
    }
    let all = [("t0", ExternalType.type(definition: "u8"))] + types
    let renamed = component(all + [("last", .type(definition: "t\(count)"))], "last")
    #expect(
      InterfaceComparison(old: component(all, "t\(count)"), new: renamed).verdict
        == (isSame ? .minor : .major))
  }

  /// An interface with one more function in each version.
  private func imports(_ versions: [(version: String, functions: Int)]) -> ModuleDescription {
    var module = ModuleDescription(encoding: .component, features: .componentModel, size: 8)
    module.imports = versions.map { version, functions in
      let items = (0..<functions).map { ModuleExport(name: "f\($0)", type: function("u8")) }
      return ModuleImport(module: nil, name: "a:b/io@\(version)", type: .instance(exports: items))
    }
    return module
  }

  static let versions:
    [(old: [(String, Int)], new: [(String, Int)], imported: ChangeSeverity, exported: ChangeSeverity)] = [
      ([("0.2.3", 2)], [("0.2.3", 2), ("0.2.0", 1)], .minor, .minor),
      ([("0.2.3", 2)], [("0.2.0", 1), ("0.2.3", 2)], .minor, .minor),
      ([("0.2.3", 2)], [("0.2.3", 2), ("0.2.0", 3)], .major, .minor),
      ([("0.2.3", 2)], [("0.2.3", 2), ("0.2.5", 2)], .major, .minor),
      ([("0.2.3", 2)], [("0.2.3", 2), ("0.3.0", 1)], .major, .minor),
      ([("0.2.3", 2), ("0.2.0", 1)], [("0.2.3", 2)], .minor, .minor),
      ([("0.2.3", 2), ("0.2.0", 3)], [("0.2.3", 2)], .minor, .major),
      ([("0.2.3", 2), ("0.2.0", 1)], [("0.2.0", 1)], .minor, .major),
    ]

  @Test("who offers a version of an interface offers the earlier ones", arguments: versions)
  func sideBySide(
    _ old: [(String, Int)], _ new: [(String, Int)], imported: ChangeSeverity, exported: ChangeSeverity
  ) {
    #expect(InterfaceComparison(old: imports(old), new: imports(new)).verdict == imported)
    func exports(_ versions: [(String, Int)]) -> ModuleDescription {
      var module = imports(versions)
      module.exports = module.imports.map { ModuleExport(name: $0.name, type: $0.type) }
      module.imports = []
      return module
    }
    #expect(InterfaceComparison(old: exports(old), new: exports(new)).verdict == exported)
  }

  @Test("a resource of an earlier version is that of the version whose host offers both")
  func resourcesSideBySide() {
    func module(_ versions: [String]) -> ModuleDescription {
      var module = ModuleDescription(encoding: .component, features: .componentModel, size: 8)
      for version in versions {
        let user = [
          ModuleExport(name: "r", type: .type(definition: "a:b/t@\(version).{r}")),
          ModuleExport(name: "f", type: function("r")),
        ]
        module.imports += [
          ModuleImport(
            module: nil, name: "a:b/t@\(version)",
            type: .instance(exports: [ModuleExport(name: "r", type: .resource)])),
          ModuleImport(module: nil, name: "a:b/u@\(version)", type: .instance(exports: user)),
        ]
      }
      return module
    }
    #expect(InterfaceComparison(old: module(["0.2.3"]), new: module(["0.2.3", "0.2.0"])).verdict == .minor)
    #expect(InterfaceComparison(old: module(["0.2.0"]), new: module(["0.2.0", "0.2.3"])).verdict == .major)
  }
}
