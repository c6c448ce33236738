import Support
import Testing

@testable import Wasm

/// Passes the new component to one that requires the type of the old: that is what a comparison must decide.
@Suite(
  "Comparison of components, against wasm-tools",
  .enabled(if: WasmTools.installed != nil, "wasm-tools is not installed"))
struct ComponentComparisonTruthTests {
  /// Two versions of an interface, each with a resource: `$r` of the older and `$q` of the newer.
  private static let versions = """
    (import "a:b/t@0.2.0" (instance $i (export "r" (type (sub resource))))) (alias export $i "r" (type $r))
    (import "a:b/t@0.2.3" (instance $j (export "r" (type (sub resource))))) (alias export $j "r" (type $q))

    """

  private static func using(_ resource: String) -> String {
    versions + "(import \"f\" (func (param \"p\" (own \(resource)))))"
  }

  private static func interface(_ resource: String) -> String {
    versions + """
      (import "a:b/u@0.2.0" (instance
        (alias outer 1 \(resource) (type $o)) (export "s" (type $s (eq $o)))
        (export "f" (func (param "p" (list (own $s)))))))
      """
  }

  static let changes: [(name: String, old: String, new: String)] = [
    ("nothing", using("$r"), using("$r")),
    ("the version that a function names", using("$r"), using("$q")),
    ("the version that a function names, reversed", using("$q"), using("$r")),
    ("nothing inside an interface", interface("$q"), interface("$q")),
    ("the version that an interface uses", interface("$r"), interface("$q")),
    ("an import less", using("$r"), versions),
  ]

  @Test("whoever takes the old component takes what is not major", arguments: changes)
  func instantiation(_ name: String, _ old: String, _ new: String) throws {
    let tool = try #require(WasmTools.installed)
    func description(_ text: String) throws -> ModuleDescription {
      try validate(try tool.output(of: ["parse", "-"], input: Array("(component \(text))".utf8)))
    }
    let verdict = try InterfaceComparison(old: description(old), new: description(new)).verdict
    let composition = """
      (component (component $new \(new)) (component $host (import "m" (component \(old))))
        (instance (instantiate $host (with "m" (component $new)))))
      """
    let isTaken = (try? tool.output(of: ["validate", "-"], input: Array(composition.utf8))) != nil
    #expect((verdict < .major) == isTaken, "\(verdict)")
  }
}
