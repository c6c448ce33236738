import Support
import Testing

@testable import Wasm

@Suite(
  "Descriptions, against wasm-tools", .enabled(if: WasmTools.installed != nil, "wasm-tools is not installed"))
struct DescriptionTruthTests {
  /// A module or component in the text format.
  struct Source: Sendable, CustomTestStringConvertible {
    var name: String
    var text: String
    var testDescription: String { name }
  }

  static let core = [
    Source(
      name: "every section",
      text: """
        (module $named
          (type (func (param i32 i64) (result f32 f64)))
          (import "env" "f" (func (type 0)))
          (import "env" "g" (global (mut i64)))
          (import "odd (name)" "" (memory i64 1 2))
          (import "" "t" (table 1 2 externref))
          (import "env" "e" (tag (param i32)))
          (table (export "table") 3 funcref)
          (memory (export "shared") 1 4 shared)
          (tag (export "tag"))
          (global (export "global") v128 (v128.const i64x2 0 0))
          (func (export "run") (export "again") (param i32) (result i32) (local.get 0))
          (func $start)
          (start $start)
          (elem declare func $start)
          (data "passive")
          (data (memory 1) (i32.const 0) "active")
          (@custom "one" "1")
          (@custom "two" (before first) "22"))
        """),
    Source(
      name: "types that refer to each other",
      text: """
        (module
          (rec (type $a (sub (struct (field (mut (ref null $b)))))) (type $b (array (mut i8))))
          (type $f (func (param (ref $a)) (result (ref null $b))))
          (import "env" "make" (func (type $f)))
          (global (export "none") (ref null none) (ref.null none))
          (table (export "table") 0 (ref null $a))
          (func (export "id") (param i31ref eqref anyref) (result arrayref) (unreachable)))
        """),
    Source(name: "nothing", text: "(module)"),
  ]

  static let components = [
    Source(
      name: "interfaces",
      text: """
        (component
          (import "a:b/types@1.2.3" (instance $types
            (export "r" (type $r (sub resource)))
            (type $p' (record (field "x" u32) (field "y" (list string))))
            (export "p" (type $p (eq $p')))
            (type $e' (enum "one" "two"))
            (export "e" (type $e (eq $e')))
            (type $v' (variant (case "p" $p) (case "none")))
            (export "v" (type $v (eq $v')))
            (export "make" (func (param "p" $p) (result (own $r))))
            (export "look" (func (param "r" (borrow $r)) (param "e" (option $e)) (result (result $v (error $e)))))
            (export "plain" (func (param "a" bool) (param "b" (tuple u8 char)) (result (result))))
            (export "fail" (func (result (result (error string)))))))
          (alias export $types "p" (type $p))
          (import "a:b/user" (instance $user
            (alias outer 1 $p (type $p'))
            (export "p" (type $p (eq $p')))
            (export "apply" (func (param "p" $p) (result (list $p))))))
          (import "go" (func (param "x" f64)))
          (instance $out (export "plain" (func $types "plain")))
          (export "a:b/out" (instance $out)))
        """),
    Source(
      name: "a lifted function",
      text: """
        (component
          (core module $m (memory (export "m") 1)
            (func (export "f") (param i32 i32) unreachable)
            (func (export "realloc") (param i32 i32 i32 i32) (result i32) unreachable))
          (core instance $i (instantiate $m))
          (func $f (param "name" string)
            (canon lift (core func $i "f") (memory (core memory $i "m")) (realloc (core func $i "realloc"))))
          (export "greet" (func $f))
          (component (instance $none) (export "nothing" (instance $none))))
        """),
  ]

  @Test("list the sections that are there", arguments: core + components)
  func sections(_ source: Source) throws {
    let (bytes, tool) = try parsed(source)
    let lines = String(decoding: try tool.output(of: ["objdump", "-"], input: bytes), as: UTF8.self)
    let sections = lines.split(separator: "\n").filter { $0.contains(" | ") && !$0.hasPrefix("   ") }
    let described = try validate(bytes).sections
    #expect(described.count == sections.count)
    for (section, line) in zip(described, sections) {
      let columns = line.split(separator: "|").map { $0.split(separator: " ").map(String.init) }
      let isNested = ["core module", "component"].contains(section.name)
      let end = try #require(Int(columns[1][2].dropFirst(2), radix: 16))
      #expect(section.isCustom == (columns[0][0] == "custom"), "\(line)")
      #expect(isNested || end == section.offset + section.size, "\(line)")
      if section.isCustom {
        #expect(columns[0][1] == "\"\(section.name)\"")
        continue
      }
      #expect(Int(columns[1][0].dropFirst(2), radix: 16) == section.offset, "\(line)")
      if let count = section.count { #expect(columns[3][0] == String(count), "\(line)") }
    }
  }

  @Test("name what a module imports and exports", arguments: core)
  func interface(_ source: Source) throws {
    let (bytes, tool) = try parsed(source)
    let printed = try tool.output(of: ["print", "--skeleton", "-"], input: bytes)
    let lines = String(decoding: printed, as: UTF8.self).split(separator: "\n").map {
      $0.drop { $0 == " " }
    }
    let described = try validate(bytes)
    let imports = lines.filter { $0.hasPrefix("(import ") }
    #expect(imports.count == described.imports.count)
    for (item, line) in zip(described.imports, imports) {
      let names = [item.module ?? "", item.name].map { "\"\($0)\"" }
      #expect(line.hasPrefix("(import \(names[0]) \(names[1]) (\(kind(item.type)) "))
    }
    let exports = lines.filter { $0.hasPrefix("(export ") }
    #expect(exports.count == described.exports.count)
    for (item, line) in zip(described.exports, exports) {
      #expect(line.hasPrefix("(export \"\(item.name)\" (\(kind(item.type)) "))
    }
    #expect(described.name == (source.name == "every section" ? "named" : nil))
    #expect(described.definedFunctions == lines.count { $0.hasPrefix("(func ") })
  }

  @Test("write a component's functions and types as WIT does", arguments: components)
  func wit(_ source: Source) throws {
    let (bytes, tool) = try parsed(source)
    let wit = String(decoding: try tool.output(of: ["component", "wit"], input: bytes), as: UTF8.self)
    let words = wit.split { " \n".contains($0) }.joined(separator: " ")
    let described = try validate(bytes)
    var count = 0
    for item in described.imports.map({ ($0.name, $0.type) }) + described.exports.map({ ($0.name, $0.type) })
    {
      guard case .instance(let exports, _) = item.1 else {
        #expect(words.contains("\(item.0): \(item.1.text(in: .component));"))
        count += 1
        continue
      }
      for export in exports {
        switch export.type {
        case .function: #expect(words.contains("\(export.name): \(export.type.text(in: .component));"))
        case .resource: #expect(words.contains("resource \(export.name);"))
        case .type(let type):
          let definition = type.text
          let parts = definition.split(separator: " ", maxSplits: 1)
          let text =
            parts.count == 1 ? "use \(definition);" : "\(parts[0]) \(export.name) \(parts[1].dropLast(2)),"
          #expect(words.contains(text))
        default: Issue.record("\(export.name)")
        }
        count += 1
      }
    }
    #expect(count == (source.name == "interfaces" ? 12 : 1))
  }

  @Test("name the interface that an import or export implements")
  func implementations() throws {
    let text = """
      (component
        (import "one" (implements "a:b/c@1.0.0") (instance $one (export "f" (func))))
        (import "two" (instance (export "in" (implements "a:b/d") (instance))))
        (component $inner (import "x" (implements "a:b/e") (instance $x)) (export "y" (implements "a:b/f") (instance $x)))
        (instance $none)
        (instance $made (instantiate $inner (with "x" (instance $none))))
        (instance $put (export "z" (implements "a:b/g") (instance $none)))
        (export "again" (implements "a:b/c@1.2.0") (instance $one))
        (export "made" (instance $made))
        (export "put" (instance $put))
        (export "inner" (component $inner)))
      """
    let tool = try #require(WasmTools.installed)
    let described = try validate(try tool.output(of: ["parse", "-"], input: Array(text.utf8)))
    #expect(
      described.imports.map { "\($0.name): \($0.type.text(in: .component))" } == [
        "one: interface a:b/c@1.0.0 { f: func() }", "two: interface { in: interface a:b/d {} }",
      ])
    #expect(
      described.exports.map { "\($0.name): \($0.type.text(in: .component))" } == [
        "again: interface a:b/c@1.2.0 { f: func() }", "made: interface { y: interface a:b/f {} }",
        "put: interface { z: interface a:b/g {} }",
        "inner: component { import x: interface a:b/e {}; export y: interface a:b/f {} }",
      ])
  }

  @Test("tell types of interfaces apart that have one name in a component and in those inside of it")
  func nestedInterfaces() throws {
    func interface(_ size: String, _ inner: String) -> String {
      """
      (import "a:b/t" (instance $i (type $r (record (field "x" \(size)))) (export "r" (type (eq $r)))))
      (alias export $i "r" (type $\(size))) \(inner)
      """
    }
    let tool = try #require(WasmTools.installed)
    let texts = try ["u8", "u16", "u32"].map { used in
      let outer = ["u8", "u16"].map { depth in
        "(alias outer \(depth == "u8" ? 2 : 1) $\(depth) (type $\(depth)))"
      }
      let inner = interface(
        "u32",
        "\(outer.joined()) (import \"s\" (type $s (eq $\(used)))) (import \"f\" (func (param \"p\" $s)))")
      let middle = interface("u16", "(import \"c\" (component \(inner)))")
      let source = "(component \(interface("u8", "(import \"c\" (component \(middle)))")))"
      return try validate(tool.binaries(of: [source])[0]).imports[1].type.text(in: .component)
    }
    #expect(
      zip(texts, ["$outer.$outer.", "$outer.", ""]).allSatisfy {
        $0.contains("import s: type \($1)a:b/t.{r};")
      })
  }

  @Test("name the producers that were added", arguments: [core[0], components[1]])
  func producers(_ source: Source) throws {
    let (bytes, tool) = try parsed(source)
    let added = try tool.output(
      of: [
        "metadata", "add", "-", "--name", "given", "--language", "Rust=2024", "--processed-by", "rustc=1.98",
      ],
      input: bytes)
    let described = try validate(added)
    #expect(described.name == "given")
    #expect(
      Set(described.producers) == [
        Producer(field: "language", name: "Rust", version: "2024"),
        Producer(field: "processed-by", name: "rustc", version: "1.98"),
      ])
  }

  private func parsed(_ source: Source) throws -> ([UInt8], WasmTools) {
    let tool = try #require(WasmTools.installed)
    return (try tool.output(of: ["parse", "-"], input: Array(source.text.utf8)), tool)
  }

  private func kind(_ type: ExternalType) -> String {
    switch type {
    case .function: "func"
    case .table: "table"
    case .memory: "memory"
    case .global: "global"
    case .tag: "tag"
    default: "?"
    }
  }
}
