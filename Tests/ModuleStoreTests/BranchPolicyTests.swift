import Catalog
import Identifiers
import Testing
import Wasm

@testable import ModuleStore

@Suite("Policies of branches")
struct BranchPolicyTests {
  private func facts(size: Int, problem: String? = nil) -> ModuleFacts {
    ModuleFacts(
      digest: ModuleDigest(bytes: [UInt8](repeating: 2, count: 32)), size: size,
      kind: .core,
      problem: problem)
  }

  private func module(_ imports: [(String?, String)] = [], features: Features = []) -> ModuleDescription {
    var description = ModuleDescription(encoding: .core, features: features, size: 100)
    let function = ExternalType.function(FunctionSignature(parameters: [], results: []))
    description.imports = imports.map { ModuleImport(module: $0.0, name: $0.1, type: function) }
    return description
  }

  private func violation(_ policy: String, _ description: ModuleDescription?) throws -> String? {
    try BranchPolicy(parsing: policy).violations(of: facts(size: 100), description).first?.reason
  }

  @Test("allow sizes up to the given one")
  func size() throws {
    #expect(try violation("size=100", nil) == nil)
    #expect(try violation("size=99B", nil) == "it has 100 bytes; at most 99B is allowed")
    #expect(try violation("size=1KiB", module()) == nil)
  }

  @Test("allow features of a list, and branch hints in any case")
  func features() throws {
    #expect(
      try violation("features=wasm1,simd", module(features: [.simd, .mutableGlobal, .branchHints])) == nil)
    #expect(
      try violation("features=mvp", module(features: [.simd, .gc])) == "it uses simd, gc; allowed: mvp")
  }

  @Test(
    "allow imports by both names, by the first alone, or by a component's one",
    arguments: [
      ("env.*", true), ("env", true), ("*", true), ("env.l?g", true), ("x,env.log", true), ("env.lo", false),
      ("log", false), ("", false), ("en", false),
    ])
  func imports(_ patterns: String, _ isAllowed: Bool) throws {
    let violation = try violation("imports=\(patterns)", module([("env", "log")]))
    #expect((violation == nil) == isAllowed)
    if !isAllowed {
      #expect(violation == "it imports env.log; allowed: \(patterns.isEmpty ? "none" : patterns)")
    }
    let component = module([(nil, "wasi:http/types@0.2.0")])
    #expect(try self.violation("imports=wasi:*", component) == nil)
    #expect(try self.violation("imports=wasi:http/types", component) != nil)
  }

  @Test("name all imports that are not allowed, and say that an unknown one may not be")
  func severalImports() throws {
    let description = module([("wasi_x", "a"), ("env", "\u{1b}b"), ("env", "c")])
    #expect(
      try violation("imports=wasi_*", description) == #"it imports env.\u{1b}b, env.c; allowed: wasi_*"#)
    var cut = module([("wasi_x", "a")])
    cut.isComplete = false
    #expect(try violation("imports=wasi_*", cut) == "it has too many imports to check")
    #expect(try violation("features=mvp", cut) == nil)
  }

  @Test("allow nothing of an invalid module but its size")
  func invalid() throws {
    let facts = facts(size: 100, problem: "unexpected end-of-file")
    #expect(try BranchPolicy(parsing: "size=100").violations(of: facts, nil).isEmpty)
    #expect(
      try BranchPolicy(parsing: "features=all").violations(of: facts, nil).first?.reason
        == "it is invalid, so it cannot be checked: unexpected end-of-file")
    let text = ModuleFacts(digest: nil, size: 100, kind: .other, problem: nil)
    #expect(try BranchPolicy(parsing: "size=1 features=mvp").violations(of: text, nil).isEmpty)
  }

  @Test("name the host that cannot run a module")
  func profile() throws {
    #expect(try violation("profile=wasm2", module(features: .simd)) == nil)
    #expect(
      try violation("profile=wasm1", module(features: .simd))
        == "profile wasm1: uses simd, which the profile does not include")
  }

  @Test("name all rules that a module does not meet")
  func severalRules() throws {
    let found = try BranchPolicy(parsing: "size=10 imports= features=mvp profile=browser")
      .violations(of: facts(size: 100), module([("env", "log")], features: .simd))
    #expect(found.map(\.rule) == ["size", "features", "imports"])
  }
}
