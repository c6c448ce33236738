import Catalog
import Identifiers
import Support
import SystemPackage
import Testing
import Wasm

@testable import ModuleStore

@Suite struct SearchTests {
  private static let core: ModuleDescription = {
    var module = ModuleDescription(encoding: .core, features: [.simd, .threads], size: 2_000)
    let type = ExternalType.function(FunctionSignature(parameters: [], results: []))
    module.imports = [
      ModuleImport(module: "env", name: "log", type: type),
      ModuleImport(module: "wasi", name: "exit", type: type),
    ]
    module.exports = [ModuleExport(name: "run", type: type), ModuleExport(name: "memory", type: type)]
    module.producers = [Producer(field: "processed-by", name: "rustc", version: "1.89.0")]
    return module
  }()

  private static let component: ModuleDescription = {
    var module = ModuleDescription(encoding: .component, features: [.componentModel], size: 2_000)
    let type = ExternalType.instance(exports: [], implements: "wasi:keyvalue/store@0.2.0")
    module.imports = [
      ModuleImport(module: nil, name: "wasi:io/poll@0.2.0", type: .instance(exports: [])),
      ModuleImport(module: nil, name: "primary", type: type),
    ]
    module.exports = [ModuleExport(name: "secondary", type: type)]
    return module
  }()

  private func facts(_ description: ModuleDescription, problem: String? = nil) -> ModuleFacts {
    ModuleFacts(
      digest: ModuleDigest(bytes: [UInt8](repeating: 1, count: 32)),
      size: description.size,
      kind: description.encoding == .core ? .core : .component, problem: problem,
      description: problem == nil ? description.encoded() : nil)
  }

  private func request(_ change: (inout SearchRequest) -> Void) -> SearchRequest {
    var request = SearchRequest()
    change(&request)
    return request
  }

  @Test(arguments: [
    ("env", true), ("env.log", true), ("*.exit", true), ("log", false), ("env.exit", false), ("e*.e*", false),
  ])
  func importsOfACoreModule(pattern: String, isMet: Bool) {
    #expect(request { $0.imports = [GlobPattern(pattern)] }.matches(facts(Self.core)) == (isMet ? .yes : .no))
  }

  @Test(arguments: [
    ("wasi:io/*", true), ("wasi:io/poll@0.2.0", true), ("wasi:io", false), ("primary", true),
    ("wasi:keyvalue/*", true), ("wasi:keyvalue", false),
  ])
  func importsOfAComponent(pattern: String, isMet: Bool) {
    #expect(
      request { $0.imports = [GlobPattern(pattern)] }.matches(facts(Self.component)) == (isMet ? .yes : .no))
  }

  @Test(arguments: [
    ("secondary", true), ("wasi:keyvalue/*", true), ("wasi:*/store", false), ("primary", false),
  ])
  func exportsOfAComponent(pattern: String, isMet: Bool) {
    #expect(
      request { $0.exports = [GlobPattern(pattern)] }.matches(facts(Self.component)) == (isMet ? .yes : .no))
  }

  @Test func allConditionsMustHold() {
    let core = facts(Self.core)
    #expect(SearchRequest().matches(core) == .yes)
    #expect(request { $0.exports = [GlobPattern("run"), GlobPattern("mem*")] }.matches(core) == .yes)
    #expect(request { $0.exports = [GlobPattern("run"), GlobPattern("stop")] }.matches(core) == .no)
    #expect(request { $0.features = [.simd, .threads] }.matches(core) == .yes)
    #expect(request { $0.features = [.simd, .gc] }.matches(core) == .no)
    #expect(request { $0.producers = [GlobPattern("rustc")] }.matches(core) == .yes)
    #expect(request { $0.producers = [GlobPattern("rustc 1.8*")] }.matches(core) == .yes)
    #expect(request { $0.producers = [GlobPattern("1.8*")] }.matches(core) == .no)
    #expect(request { $0.kinds = [.core] }.matches(core) == .yes)
    #expect(request { $0.kinds = [.component] }.matches(core) == .no)
    #expect(request { $0.kinds = [.core, .component] }.matches(core) == .no)
    #expect(request { $0.largerThan = 1_999 }.matches(core) == .yes)
    #expect(request { $0.largerThan = 2_000 }.matches(core) == .no)
    #expect(request { $0.smallerThan = 2_001 }.matches(core) == .yes)
    #expect(request { $0.smallerThan = 2_000 }.matches(core) == .no)
  }

  @Test func namesThatConditionsAreMetByAreTold() {
    func hits(_ change: (inout SearchRequest) -> Void, _ description: ModuleDescription) -> [String] {
      request(change).hits(in: facts(description)).map { "\($0.subject.rawValue) \($0.name)" }
    }
    #expect(
      hits({ $0.imports = [GlobPattern("env.*")] }, Self.core).allSatisfy { $0.hasPrefix("import env.") })
    #expect(
      hits(
        {
          ($0.imports, $0.exports) = ([GlobPattern("env.log"), GlobPattern("env.l*")], [GlobPattern("run")])
        }, Self.core)
        == ["import env.log", "export run"])
    #expect(hits({ $0.imports = [GlobPattern("wasi:keyvalue/*")] }, Self.component) == ["import primary"])
    let alternative = request { $0.exports = [GlobPattern("run")] }
    #expect(hits({ $0.alternatives = [alternative] }, Self.core) == ["export run"])
    #expect(request { $0.alternatives = [alternative] }.hasHits)
    #expect(request { $0.alternatives = [alternative] }.detail == .description)
    #expect(!request { $0.kinds = [.core] }.hasHits)
    #expect(!request { ($0.exports, $0.findsHits) = ([GlobPattern("run")], false) }.hasHits)
  }

  @Test func oneOfTheAlternativesMustHold() throws {
    let test = try TestStore()
    for path in ["b.wasm", "a/x.wasm", "a.wasm"] { try test.add("one", at: path) }
    func found(_ paths: [String], _ alternatives: [SearchRequest]) throws -> [String] {
      try test.open().search(request { ($0.paths, $0.alternatives) = (paths, alternatives) })
        .map(\.entry.path.spelled)
    }
    let (first, second) = (request { $0.paths = ["a"] }, request { $0.paths = ["b.wasm"] })
    #expect(try found([], [first, second]) == ["/a/x.wasm", "/b.wasm"])
    #expect(try found(["a"], [first, second]) == ["/a/x.wasm"])
    let large = request { ($0.paths, $0.largerThan) = (["b.wasm"], 1 << 30) }
    #expect(try found([], [first, large]) == ["/a/x.wasm"])
    let missing = request { $0.exports = [GlobPattern("none of these")] }
    #expect(try found([], [missing, second]) == ["/b.wasm"])
    #expect(try found([], [missing]).isEmpty)
  }

  @Test func descriptionsAreLookedAtOnlyWhereAConditionNeedsThem() {
    let undescribed = ModuleFacts(
      digest: ModuleDigest(bytes: [UInt8](repeating: 1, count: 32)), size: 10, kind: .core,
      problem: nil)
    #expect(SearchRequest().detail == .summary)
    #expect(SearchRequest().matches(undescribed) == .yes)
    let simd = request { $0.features = .simd }
    #expect(simd.detail == .description)
    #expect(simd.matches(undescribed) == nil, "unknown, not false")
    #expect(request { ($0.features, $0.largerThan) = (.simd, 10) }.matches(undescribed) == .no)
    #expect(simd.matches(facts(Self.core, problem: "broken")) == .no)
    #expect(SearchRequest().matches(facts(Self.core, problem: "broken")) == .yes)
    #expect(
      SearchRequest().matches(ModuleFacts(digest: nil, size: 1, kind: .other, problem: nil)) == .no
    )
  }

  @Test func blobsThatAreHeldTwiceAreFoundTwice() throws {
    let test = try TestStore()
    for path in ["b.wasm", "a/x.wasm", "a.wasm"] { try test.add("one", at: path) }
    #expect(
      try test.open().search(SearchRequest()).map(\.entry.path.spelled) == [
        "/a/x.wasm", "/a.wasm", "/b.wasm",
      ])
    #expect(
      try test.open().search(request { $0.paths = ["a/*", "**/x.wasm"] }).map(\.entry.path.spelled) == [
        "/a/x.wasm"
      ])
  }

  @Test func whatWasPushedIsDescribedWhenItIsSearched() throws {
    let test = try TestStore()
    try test.add("one", at: "a.wasm")
    try test.moveBranch(to: try test.foreignCommit(on: "main", path: "b.wasm"))
    let found = try test.open().search(request { $0.imports = [GlobPattern("env")] })
    #expect(found.map(\.entry.path.spelled) == ["/a.wasm", "/b.wasm"])
    #expect(found.map(\.commit) == [nil, nil])
  }

  @Test func anEmptyBranchHasNothing() throws {
    #expect(try TestStore().open().search(SearchRequest()).isEmpty)
    #expect(try TestStore().open().search(request { $0.coversHistory = true }).isEmpty)
  }
}
