import Support
import Testing

@testable import Wasm

@Suite(
  "Rules of components, against wasm-tools",
  .enabled(if: WasmTools.installed != nil, "wasm-tools is not installed"))
struct ComponentRuleTests {
  /// Components, with their errors; nil if they are valid.
  static let lendings: [(source: String, refusal: String?)] = [
    (
      "(core func (canon task.return (result (borrow $r))))",
      "`task.return` result cannot contain a `borrow` type"
    ),
    (
      "(type $t (tuple u8 (borrow $r))) (core func (canon task.return (result $t)))",
      "`task.return` result cannot contain a `borrow` type"
    ),
    ("(core func (canon task.return (result (own $r))))", nil),
    ("(type $b (borrow $r)) (type (stream $b))", "`stream` payload cannot contain a `borrow` type"),
    (
      "(type $b (borrow $r)) (type $l (list $b)) (type (future $l))",
      "`future` payload cannot contain a `borrow` type"
    ),
    ("(type $o (own $r)) (type (stream $o)) (type (future $o)) (type (stream)) (type (future))", nil),
    ("(type $b (borrow $r)) (type (map string $b))", nil),
    (
      "(core func (canon task.return (result error-context)))",
      "`error-context` requires the component model error-context feature"
    ),
  ]

  @Test("lend handles for no longer than a call", arguments: lendings)
  func borrows(_ source: String, _ refusal: String?) throws {
    try expect("(component (import \"r\" (type $r (sub resource))) \(source))", refusal)
  }

  @Test("let maps have keys of these types only")
  func mapKeys() throws {
    let keys = ["bool", "s8", "u8", "s16", "u16", "s32", "u32", "s64", "u64", "char", "string"]
    let others = [
      "f32", "f64", "(list u8)", "(option u8)", "(tuple u8)", "(enum \"a\")", "(flags \"a\")",
      "(record (field \"a\" u8))", "(variant (case \"a\"))", "(result)", "(stream)", "(map u8 u8)",
    ]
    var sources = keys.map { "(component (type (map \($0) f32)))" }
    sources += keys.map { "(component (type $k \($0)) (type (map $k f32)))" }
    let valid = sources.count
    sources += others.map { "(component (type $k \($0)) (type (map $k u8)))" }
    sources.append("(component (type (map f32 u8)))")
    let refusals = try refusals(of: sources)
    #expect(refusals[..<valid].allSatisfy { $0 == nil })
    #expect(refusals[valid...].allSatisfy { $0?.hasPrefix("invalid map key type (at offset ") == true })
  }

  /// Definitions of a type that an import refers to, and whether the reference is valid.
  static let origins: [(definitions: String, isValid: Bool)] = [
    ("(type $v u8) (export $e \"e\" (type $v))", false),
    ("(type $v (record (field \"a\" u8))) (export $e \"e\" (type $v))", false),
    ("(type $v (func)) (export $e \"e\" (type $v))", false),
    ("(type $e u8)", true),
    ("(type $e (func))", true),
    ("(import \"v\" (type $e (eq 0)))", true),
    ("(import \"v\" (type $v (eq 0))) (export $e \"e\" (type $v))", false),
    ("(import \"v\" (type $e (eq 0))) (export \"e\" (type $e))", true),
    (
      "(import \"i\" (instance $i (export \"t\" (type (sub resource))))) (alias export $i \"t\" (type $e))",
      true
    ),
    (
      """
      (component $c (type $v u8) (export "t" (type $v))) (instance $i (instantiate $c))
      (alias export $i "t" (type $e))
      """, true
    ),
    (
      """
      (component $c (type $v u8) (export "t" (type $v))) (instance $i (instantiate $c))
      (export $j "j" (instance $i)) (alias export $j "t" (type $e))
      """, false
    ),
  ]

  @Test("let no import equal a type that only an export names", arguments: origins)
  func exportedTypes(_ definitions: String, _ isValid: Bool) throws {
    try expect(
      "(component (type u8) \(definitions) (import \"t\" (type (eq $e))))",
      isValid ? nil : "type not valid to be used as import")
    try expect(
      "(component (type u8) \(definitions) (import \"n\" (instance (export \"t\" (type (eq $e))))))",
      isValid ? nil : "instance not valid to be used as import")
  }

  /// Declarations of an instance type, and whether each type that it uses has a name there or outside.
  static let instances: [(declarations: String, isValid: Bool)] = [
    (resource + "(type $o (own $r)) (export \"b\" (type (eq $o)))", true),
    (resource + "(type $o (borrow $r)) (export \"b\" (type (eq $o)))", true),
    (resource + "(type $o (list (own $r))) (export \"b\" (type (eq $o)))", true),
    (resource + "(export \"f\" (func (param \"p\" (own $r))))", true),
    (resource + "(export \"s\" (type $s (eq $r))) (type $o (own $s)) (export \"b\" (type (eq $o)))", true),
    (record + "(export \"n\" (type $n (eq $q))) (type $l (list $n)) (export \"c\" (type (eq $l)))", true),
    (record + "(export \"n\" (type $n (eq $q))) (type $l (list $q)) (export \"c\" (type (eq $l)))", false),
    (record + "(type $l (list $q)) (export \"c\" (type (eq $l)))", false),
    (
      resource
        + "(export \"k\" (instance (alias outer 1 $r (type $x)) (type $o (own $x)) (export \"b\" (type (eq $o)))))",
      true
    ),
    (
      "(type $k (instance \(resource) (type $o (own $r)) (export \"b\" (type (eq $o))))) (export \"k\" (type (eq $k)))",
      true
    ),
    (
      "(type $k (instance \(resource) (type $o (own $r)) (export \"b\" (type (eq $o))))) (export \"k\" (instance (type $k)))",
      true
    ),
    (
      """
      (export "k" (instance $k \(resource))) (alias export $k "a" (type $x)) (type $o (own $x))
      (export "b" (type (eq $o)))
      """, false
    ),
    (
      """
      (export "k" (instance $k \(resource))) (alias export $k "a" (type $x)) (export "x" (type $y (eq $x)))
      (type $o (own $y)) (export "b" (type (eq $o)))
      """, true
    ),
    ("(alias outer 1 $out (type $x)) (type $o (own $x)) (export \"b\" (type (eq $o)))", true),
    ("(alias outer 1 $hidden (type $x)) (type $o (list $x)) (export \"b\" (type (eq $o)))", false),
  ]
  private static let resource = "(export \"a\" (type $r (sub resource)))"
  private static let record = "(type $q (record (field \"a\" u8)))"

  @Test("take what an instance type names for named in it, and nowhere else", arguments: instances)
  func instanceTypes(_ declarations: String, _ isValid: Bool) throws {
    let around = "(import \"out\" (type $out (sub resource))) (type $hidden (record (field \"a\" u8)))"
    let refusals = try refusals(
      of: ["(import \"A\" (type (eq $i)))", "(export \"A\" (type $i))"].map {
        "(component \(around) (type $i (instance \(declarations))) \($0))"
      } + [
        """
        (component \(around) (type $i (instance \(declarations)))
          (type $t (instance (alias outer 1 $i (type $j)) (export "j" (type (eq $j))))) (import "A" (instance (type $t))))
        """
      ])
    #expect(refusals.allSatisfy { ($0 == nil) == isValid })
  }

  /// Names of which many only differ in hyphens and case.
  static let names = [
    "a-b", "ab", "A-B", "AB", "ab-c", "a", "r", "x:a/b", "x:a/B", "x:a-b/c", "x:ab/c", "x:a/b-c",
    "x:a/bc@1.0.0", "x:a/b-c@1.0.0", "x:a/bc@1.0.0-rc1", "x:a/bc@1.0.0-RC1", "x:a/bc@1.0.0-rc-1",
    "[static]r.a",
    "[static]r.A", "[method]r.a", "[static]r.a-b", "[static]r.ab", "[static]r.r", "[method]r.R",
    "[constructor]r",
  ]

  @Test("take names for the same that differ in hyphens and the case of letters")
  func conflicts() throws {
    func item(_ name: String) -> String {
      switch name {
      case "[constructor]r": "(func (result (own $r)))"
      case let name where name.hasPrefix("[method]"): "(func (param \"self\" (borrow $r)))"
      case let name where name.hasPrefix("[static]"): "(func)"
      default: "(instance)"
      }
    }
    let pairs = Self.names.flatMap { first in Self.names.map { (first, $0) } }
    let refusals = try refusals(
      of: pairs.map { first, second in
        """
        (component (import "r" (type $r (sub resource)))
          (import "\(first)" \(item(first))) (import "\(second)" \(item(second))))
        """
      })
    #expect(refusals.contains { $0 == nil })
    for ((first, second), refusal) in zip(pairs, refusals) where first == second {
      #expect(refusal?.contains("conflicts with previous name") == true, "\(first), \(second)")
    }
  }

  /// Definitions with the labels `a-b` and `ab`, which count as the same.
  static let labelledTypes = [
    "(record (field \"X\" u8) (field \"Y\" u8))", "(variant (case \"X\") (case \"Y\"))", "(enum \"X\" \"Y\")",
    "(flags \"X\" \"Y\")", "(func (param \"X\" u8) (param \"Y\" u8))",
  ]

  @Test("take labels for the same that differ in hyphens and the case of letters", arguments: labelledTypes)
  func labels(_ definition: String) throws {
    let words = ["a-b", "ab", "AB", "a-B-c", "a-bc", "a1", "a-1", "b"]
    let pairs = words.flatMap { first in words.map { (first, $0) } }
    let refusals = try refusals(
      of: pairs.map { first, second in
        "(component (type \(definition.split(separator: "X").joined(separator: first))))"
          .split(separator: "Y").joined(separator: second)
      })
    for ((first, second), refusal) in zip(pairs, refusals) {
      #expect((refusal == nil) == (first.labelKey != second.labelKey), "\(first), \(second)")
    }
  }

  private func expect(_ source: String, _ refusal: String?) throws {
    let found = try refusals(of: [source])[0]
    #expect((found == nil) == (refusal == nil), "\(source): \(found ?? "valid")")
    if let refusal { #expect(found?.hasPrefix(refusal + " (at offset ") == true, "\(source)") }
  }

  /// Why components are invalid, nil if they are valid; checks that wasm-tools agrees on all of them.
  private func refusals(of sources: [String]) throws -> [String?] {
    let tool = try #require(WasmTools.installed)
    let refusals = try tool.binaries(of: sources).map { refusal(of: $0) }
    #expect(try tool.objection(to: zip(sources, refusals).map { ($0, $1 == nil) }) == nil)
    return refusals
  }
}
