import Support
import Testing

@testable import Wasm

/// Passes the export of one core module to another that requires it, for all pairs of types.
@Suite(
  "Linking of core modules inside components, against wasm-tools",
  .enabled(if: WasmTools.installed != nil, "wasm-tools is not installed"))
struct CoreLinkingTests {
  /// Definitions of function types named `$t`, all with the same signature.
  static let functionTypes = [
    "(type $t (func (param i32)))",
    "(type (func)) (type $t (func (param i32)))",
    "(rec (type $t (func (param i32))))",
    "(type $t (sub (func (param i32))))",
    "(type $t (sub final (func (param i32))))",
    "(type $s (sub (func (param i32)))) (type $t (sub $s (func (param i32))))",
    "(type $s (sub (func (param i32)))) (type $t (sub final $s (func (param i32))))",
    """
    (type $r (sub (func (param i32)))) (type $s (sub $r (func (param i32))))
    (type $t (sub $s (func (param i32))))
    """,
    "(rec (type $t (func (param i32))) (type (func)))",
    "(rec (type (func)) (type $t (func (param i32))))",
    "(rec (type (struct)) (type $t (func (param i32))))",
    "(rec (type $t (func (param i32))) (type (func (param i32))))",
    "(rec (type (func (param i32))) (type $t (func (param i32))))",
    "(rec (type $t (func (param i32))) (type (struct (field (ref $t)))))",
  ]

  /// Definitions of function types named `$t` whose parameter is a function with such a parameter.
  static let recursiveTypes = [
    "(type $t (func (param (ref null $t))))",
    "(type $s (func (param (ref null $s)))) (type $t (func (param (ref null $s))))",
    "(rec (type $t (func (param (ref null $s)))) (type $s (func (param (ref null $t)))))",
    "(rec (type $s (func (param (ref null $t)))) (type $t (func (param (ref null $s)))))",
    "(rec (type $t (func (param (ref null $t)))) (type $s (func (param (ref null $s)))))",
  ]

  /// Kinds of externals, each with its types.
  static let externals: [(kind: String, types: [String])] = [
    (
      "memory",
      [
        "1", "2", "1 2", "1 3", "2 4", "i64 1", "i64 1 2", "1 2 shared", "1 3 shared", "i64 1 2 shared",
      ]
    ),
    (
      "table",
      [
        "1 funcref", "2 funcref", "1 2 funcref", "1 3 funcref", "i64 1 funcref", "i64 1 2 funcref",
        "1 externref",
        "1 anyref", "1 eqref", "1 (ref func)", "1 (ref null none)",
      ]
    ),
    (
      "global",
      [
        "i32", "i64", "(mut i32)", "v128", "funcref", "(mut funcref)", "(ref func)", "(mut (ref func))",
        "anyref",
        "(mut anyref)", "(ref any)", "eqref", "i31ref", "structref", "arrayref", "nullref", "nullfuncref",
        "externref", "(ref extern)", "nullexternref", "exnref", "(ref exn)", "nullexnref",
      ]
    ),
  ]

  /// A component that passes the export `f` of one module to another that imports it.
  private func link(
    _ offered: (definitions: String, type: String), _ needed: (definitions: String, type: String)
  )
    -> String
  {
    """
    (component
      (import "a" (core module $a \(offered.definitions) (export "f" \(offered.type))))
      (core module $b \(needed.definitions) (import "a" "f" \(needed.type)))
      (core instance $x (instantiate $a))
      (core instance (instantiate $b (with "a" (instance $x)))))
    """
  }

  @Test("fails where the types do not match, and only there", arguments: externals)
  func pairs(_ kind: String, _ types: [String]) throws {
    let sources = types.flatMap { offered in
      types.map { link(("", "(\(kind) \(offered))"), ("", "(\(kind) \($0))")) }
    }
    let verdicts = try judged(sources)
    #expect(verdicts.contains(true) && verdicts.contains(false))
  }

  @Test(
    "tells apart all types that descriptions tell apart, and no others", arguments: ["func", "tag"],
    [
      functionTypes, recursiveTypes,
    ])
  func identity(_ kind: String, _ sources: [String]) throws {
    let tool = try #require(WasmTools.installed)
    let type = "(\(kind) (type $t))"
    let modules = try tool.binaries(of: sources.map { "(module \($0) (import \"a\" \"f\" \(type)))" })
    let described = try modules.map { try validate($0).imports.map(\.type) }
    let links = try judged(
      sources.flatMap { offered in sources.map { link((offered, type), ($0, type)) } })
    for first in sources.indices {
      for second in sources.indices {
        let areSame = links[first * sources.count + second] && links[second * sources.count + first]
        #expect((described[first] == described[second]) == areSame, "\(sources[first]), \(sources[second])")
      }
    }
  }

  /// Which components are valid; checks that wasm-tools agrees on all of them.
  private func judged(_ sources: [String]) throws -> [Bool] {
    let tool = try #require(WasmTools.installed)
    let verdicts = try tool.binaries(of: sources).map { (try? validate($0)) != nil }
    let objection = try tool.objection(to: zip(sources, verdicts).map { ($0, $1) })
    #expect(objection == nil)
    return verdicts
  }
}
