import Testing

@testable import Wasm

@Suite("Host profiles")
struct HostProfileTests {
  private func core(
    features: Features = [], imports: [(String, String, ExternalType)] = [],
    exports: [(String, ExternalType)] = []
  ) -> ModuleDescription {
    var module = ModuleDescription(encoding: .core, features: features, size: 8)
    module.imports = imports.map { ModuleImport(module: $0.0, name: $0.1, type: $0.2) }
    module.exports = exports.map { ModuleExport(name: $0.0, type: $0.1) }
    return module
  }

  private func component(features: Features = .componentModel, imports: [(String, ExternalType)])
    -> ModuleDescription
  {
    var module = ModuleDescription(encoding: .component, features: features, size: 8)
    module.imports = imports.map { ModuleImport(module: nil, name: $0.0, type: $0.1) }
    return module
  }

  private func objections(_ profile: String, _ module: ModuleDescription) throws -> [String] {
    try #require(HostProfile(named: profile)).objections(to: module).map(\.text)
  }

  @Test("have names", arguments: HostProfile.names)
  func names(_ name: String) throws {
    let profile = try #require(HostProfile(named: name))
    #expect(profile.name == name)
    let fitting = name == "wasip2" ? component(imports: []) : core()
    #expect(profile.objections(to: fitting).isEmpty)
    #expect(HostProfile(named: name + "x") == nil)
  }

  /// A feature, and the profiles that have it.
  static let featureProfiles: [(feature: Features, profiles: Set<String>)] = [
    (.branchHints, ["browser", "wasip1", "wasm3", "wasm2", "wasm1", "mvp"]),
    (.mutableGlobal, ["browser", "wasip1", "wasm3", "wasm2", "wasm1"]),
    (.simd, ["browser", "wasip1", "wasm3", "wasm2"]),
    (.bulkMemory, ["browser", "wasip1", "wasm3", "wasm2"]),
    (.tailCall, ["browser", "wasip1", "wasm3"]),
    (.extendedConst, ["browser", "wasip1", "wasm3"]),
    (.exceptions, ["browser", "wasip1", "wasm3"]),
    (.functionReferences, ["browser", "wasip1", "wasm3"]),
    (.gc, ["browser", "wasip1", "wasm3"]),
    (.threads, ["browser", "wasip1"]),
    (.legacyExceptions, ["browser"]),
    (.relaxedSIMD, ["wasip1", "wasm3"]),
    (.multiMemory, ["wasip1", "wasm3"]),
    (.memory64, ["wasip1", "wasm3"]),
    (.wideArithmetic, []),
    (.compactImports, []),
    (.customPageSizes, []),
    (.mixedExceptions, []),
    (.largeFixedArrays, ["wasip1", "wasm3", "wasm2", "wasm1", "mvp"]),
  ]

  @Test("have features", arguments: featureProfiles)
  func features(_ feature: Features, _ profiles: Set<String>) throws {
    for name in HostProfile.names where name != "wasip2" {
      let missing =
        feature == .largeFixedArrays
        ? "has an array.new_fixed of more than 10000 operands"
        : "uses \(feature), which the profile does not include"
      let expected = profiles.contains(name) ? [] : [missing]
      #expect(try objections(name, core(features: feature)) == expected, "\(name)")
    }
  }

  /// The minimum and maximum of a table and a memory, and the expected objection.
  static let sizes: [(table: SizeBounds, memory: MemoryDescription, text: String?)] = [
    (SizeBounds(minimum: 10_000_000, maximum: 20_000_000), memory(65_536, 65_536), nil),
    (
      SizeBounds(minimum: 10_000_001, maximum: nil), memory(1, nil),
      "table 0 has 10000001 elements; the host allows 10000000"
    ),
    (SizeBounds(minimum: 0, maximum: nil), memory(1 << 18, nil, is64Bit: true), nil),
    (
      SizeBounds(minimum: 0, maximum: nil), memory(1 << 18 + 1, nil, is64Bit: true),
      "memory 0 has an initial size above the host's limit of 17179869184 bytes"
    ),
    (
      SizeBounds(minimum: 0, maximum: nil), memory(1, 1 << 37, is64Bit: true),
      "memory 0 has 137438953472 pages; the host allows 137438953471"
    ),
  ]

  private static func memory(
    _ minimum: UInt64, _ maximum: UInt64?, is64Bit: Bool = false
  ) -> MemoryDescription {
    MemoryDescription(bounds: SizeBounds(minimum: minimum, maximum: maximum), is64Bit: is64Bit)
  }

  @Test(
    "have the limits of the JavaScript interface, in browsers and where it is said", arguments: sizes.indices)
  func limits(_ index: Int) throws {
    let (table, memory, text) = HostProfileTests.sizes[index]
    var module = core()
    module.tables = [TableDescription(element: "funcref", bounds: table)]
    module.memories = [memory]
    #expect(try objections("browser", module) == (text.map { [$0] } ?? []))
    #expect(try objections("wasm3", module).isEmpty)
    let host = try HostProfile(parsing: "limits javascript", name: "x")
    #expect(host.objections(to: module).map(\.text) == (text.map { [$0] } ?? []))
    #expect(try HostProfile(parsing: "", name: "x").objections(to: module).isEmpty)
    module.size = 1 << 30 + 1
    #expect(try objections("browser", module).first == "has 1073741825 bytes; the host allows 1073741824")
  }

  @Test("do not run what is still to be linked")
  func relocatable() throws {
    var module = core()
    module.sections = [SectionDescription(name: "linking", isCustom: true, offset: 9, size: 9, count: nil)]
    #expect(
      try objections("browser", module) == [
        "is a relocatable object file, which must be linked before it can run"
      ])
    module.exports = [ModuleExport(name: "f", type: "(func)")]
    #expect(try objections("browser", module).isEmpty)
  }

  @Test("run core modules or components")
  func kinds() throws {
    #expect(
      try objections("browser", component(imports: [])) == ["is a component; the host runs only core modules"]
    )
    #expect(try objections("wasip2", core()) == ["is a core module; the host runs only components"])
  }

  @Test(
    "of feature sets and browsers take any import", arguments: ["browser", "wasm3", "wasm2", "wasm1", "mvp"])
  func anyImport(_ profile: String) throws {
    #expect(try objections(profile, core(imports: [("x", "y", "(func)")])).isEmpty)
  }

  static let write: (String, String, ExternalType) = (
    "wasi_snapshot_preview1", "fd_write", "(func (param i32 i32 i32 i32) (result i32))"
  )

  @Test("of WASI preview 1 offer its functions with their types")
  func preview1() throws {
    let memory: (String, ExternalType) = ("memory", "(memory 1)")
    let command = core(imports: [Self.write], exports: [memory, ("_start", "(func)")])
    #expect(try objections("wasip1", command).isEmpty)
    let odd = core(
      imports: [
        ("env", "log", "(func)"), ("wasi_unstable", "fd_write", Self.write.2),
        ("wasi_snapshot_preview1", "fd_write", "(func (param i32 i32 i32) (result i32))"),
        ("wasi_snapshot_preview1", "fd_write\n", "(func)"),
        ("wasi_snapshot_preview1", "proc_exit", "(func (param i32))"),
        ("wasi_snapshot_preview1", "sched_yield", "(func (result i32))"),
      ], exports: [memory])
    #expect(
      try objections("wasip1", odd) == [
        "import env.log: the host does not offer it",
        "import wasi_unstable.fd_write: the host does not offer it",
        "import wasi_snapshot_preview1.fd_write: has type (func (param i32 i32 i32) (result i32)); "
          + "the host offers (func (param i32 i32 i32 i32) (result i32))",
        #"import wasi_snapshot_preview1.fd_write\u{a}: the host does not offer it"#,
      ])
    #expect(ImportList.wasiPreview1Functions.count == 46)
  }

  @Test("of WASI preview 1 start a module in one way, and share its memory")
  func preview1Conventions() throws {
    #expect(
      try objections("wasip1", core(imports: [Self.write]))
        == ["export memory: missing; the host's functions need it"])
    #expect(try objections("wasip1", core(exports: [("_start", "(func)")])).isEmpty)
    #expect(try objections("wasip1", core(exports: [("_initialize", "(func)")])).isEmpty)
    #expect(
      try objections("wasip1", core(exports: [("_start", "(func)"), ("_initialize", "(func (result i32))")]))
        == [
          "export _initialize: has type (func (result i32)); the host calls it as (func)",
          "export _initialize: not allowed together with _start",
        ])
    #expect(
      try objections("wasip1", core(imports: [Self.write], exports: [("memory", "(global i32)")]))
        == ["export memory: missing; the host's functions need it"])
  }

  @Test("of WASI 0.2 offer the interfaces of its packages")
  func preview2() throws {
    let interface = ExternalType.instance(exports: [])
    for name in [
      "wasi:cli/stdout@0.2.0", "wasi:http/types@0.2.12", "wasi:io/poll@0.2.6", "wasi:sockets/tcp@0.2.1",
    ] {
      #expect(try objections("wasip2", component(imports: [(name, interface)])).isEmpty)
    }
    for name in [
      "wasi:cli/stdout", "wasi:cli/stdout@0.3.0", "wasi:cli/stdout@0.2.0-rc-2023", "wasi:nn/tensor@0.2.0",
      "acme:cli/stdout@0.2.0", "log", "wasi:cli/stdout@1.0.2",
    ] {
      #expect(
        try objections("wasip2", component(imports: [(name, interface)]))
          == ["import \(name): the host does not offer it"])
    }
    #expect(
      try objections("wasip2", component(features: [.componentModel, .componentAsync], imports: []))
        == ["uses cm-async, which the profile does not include"])
  }

  @Test("do not judge what is not known in full")
  func incomplete() throws {
    var module = core()
    module.isComplete = false
    #expect(
      try objections("browser", module) == ["has an interface that is too large to check completely"])
  }
}

@Suite("Host profiles in files")
struct HostProfileParsingTests {
  private func objections(_ profile: String, _ module: ModuleDescription) throws -> [String] {
    try HostProfile(parsing: profile, name: "host.txt").objections(to: module).map(\.text)
  }

  private func core(_ imports: (String, String, ExternalType)..., features: Features = [])
    -> ModuleDescription
  {
    var module = ModuleDescription(encoding: .core, features: features, size: 8)
    module.imports = imports.map { ModuleImport(module: $0.0, name: $0.1, type: $0.2) }
    return module
  }

  private func component(_ imports: (String, ExternalType)...) -> ModuleDescription {
    var module = ModuleDescription(encoding: .component, features: .componentModel, size: 8)
    module.imports = imports.map { ModuleImport(module: nil, name: $0.0, type: $0.1) }
    return module
  }

  @Test("list imports, with patterns and types")
  func imports() throws {
    let profile = """
      # what the plugin host offers

      env.log: (func (param i32  i32))  # a line of text
        env.memory:\t(memory 2 8)\r
      host.*
      a.?\\*\\ b
      """
    #expect(
      try objections(
        profile,
        core(
          ("env", "log", "(func (param i32 i32))"), ("env", "memory", "(memory 1)"),
          ("host", "x.y", "(func)"),
          ("a", "1* b", "(func)"))
      ).isEmpty)
    #expect(
      try objections(
        profile,
        core(
          ("env", "log", "(func)"), ("env", "memory", "(memory 3)"), ("hosts", "x", "(func)"),
          ("a", "11 b", "(func)"),
          ("env", "lo", "(func)"), ("env", "log2", "(func)"))
      ) == [
        "import env.log: has type (func); the host offers (func (param i32 i32))",
        "import env.memory: has type (memory 3); the host offers (memory 2 8)",
        "import hosts.x: the host does not offer it",
        "import a.11 b: the host does not offer it",
        "import env.lo: the host does not offer it",
        "import env.log2: the host does not offer it",
      ])
  }

  @Test("may offer one name in several types")
  func severalTypes() throws {
    let profile = "env.f: (func)\nenv.*: (func (param i32))\n"
    #expect(try objections(profile, core(("env", "f", "(func)"), ("env", "f", "(func (param i32))"))).isEmpty)
    #expect(try objections(profile, core(("env", "g", "(func)"))).count == 1)
  }

  @Test("have versions for components only")
  func coreVersions() throws {
    #expect(try objections("a:b/*.f@0.2.3", core(("a:b/c", "f@0.2.0", "(func)"))).count == 1)
    #expect(try objections("a:b/*.f@0.2.3", core(("a:b/c", "f@0.2.3", "(func)"))).isEmpty)
  }

  @Test("have names with pattern characters, as they are")
  func patternCharacters() throws {
    for name in ["[method]output-stream.write", "a*b", "a?", "a\\b", "[a-z]"] {
      let module = core(("wasi:io/streams@0.2.0", name, "(func)"))
      #expect(try objections("wasi:io/streams@0.2.0." + name, module).isEmpty, "\(name)")
      let other = "wasi:io/streams@0.2.0.\(name): (func (param i32))"
      #expect(try objections(other, module).count == 1, "\(name)")
    }
  }

  static let featureLines: [(text: String, features: Features)] = [
    ("", .default), ("features wasm2,+threads", [.wasm2, .threads]),
    ("features wasm2 +threads", [.wasm2, .threads]),
    ("feature simd\nfeature gc", [.simd, .gc]), ("features mvp\nfeature simd", .simd),
    ("feature simd\nfeatures wasm1", .wasm1), ("features -threads", Features.default.subtracting(.threads)),
  ]

  @Test("list features", arguments: featureLines)
  func features(_ text: String, _ features: Features) throws {
    #expect(try HostProfile(parsing: text, name: "x").features == features)
  }

  @Test("run components where they have the feature")
  func encodings() throws {
    #expect(try objections("", component()).isEmpty)
    #expect(
      try objections("features wasm3", component()) == ["is a component; the host runs only core modules"])
  }

  @Test("take names and types as they are written")
  func exactNames() throws {
    #expect(try objections("\u{feff}env.f", core(("env", "f", "(func)"))).isEmpty)
    #expect(try objections("env.a\\:\r\n", core(("env", "a:", "(func)"))).isEmpty)
    #expect(try objections("env.b\renv.a\u{2028}", core(("env", "a\u{2028}", "(func)"))).isEmpty)
    #expect(try objections("env.a:: (func)", core(("env", "a:", "(func)"))).isEmpty)
    let module = "(core module (import \"a\" \"b\" (func)))"
    let type = ExternalType.module(
      imports: [ModuleImport(module: "a", name: "b", type: "(func)")], exports: [])
    #expect(try objections("m: \(module)", component(("m", type))).isEmpty)
  }

  static let faultyLines: [(text: String, line: Int, message: String)] = [
    ("\nfeature warp", 2, "'warp' is not a feature"),
    ("feature", 1, "'' is not a feature"),
    ("feature wasm2", 1, "'wasm2' is not a feature"),
    ("features", 1, "'' is not a list of features"),
    ("features x,y", 1, "'x,y' is not a list of features"),
    ("env.log (func)", 1, "expected ': ' between 'env.log' and its type"),
    ("#\n#\nenv.log: (func (parm i32))", 3, "'(func (parm i32))' is not a type"),
    ("limits python", 1, "'python' is not a set of limits; the only one is javascript"),
    ("env.log:", 1, "'' is not a type"),
    ("env.log: (memory)", 1, "'(memory)' is not a type"),
    ("env.log: (func (type 0))", 1, "'(func (type 0))' is not a type"),
    ("env.log: (func (param i32) (type $0))", 1, "'(func (param i32) (type $0))' is not a type"),
    ("env.log: ((((((((((func))))))))))", 1, "'((((((((((func))))))))))' is not a type"),
    ("env.log: (func) (func)", 1, "'(func) (func)' is not a type"),
    ("env.log: (func))", 1, "'(func))' is not a type"),
    ("env.log: (func", 1, "'(func' is not a type"),
    ("env.log: (memory 99999999999999999999)", 1, "'(memory 99999999999999999999)' is not a type"),
    ("f\nlog: func(text string)", 2, "'func(text string)' is not a type"),
    ("i: interface { f: func() ", 1, "'interface { f: func()' is not a type"),
    ("r: resources", 1, "'resources' is not a type"),
    ("m: (core module (import \"a\" (func)))", 1, "'(core module (import \"a\" (func)))' is not a type"),
  ]

  @Test("name the line that is wrong", arguments: faultyLines)
  func faults(_ text: String, _ line: Int, _ message: String) {
    #expect(throws: HostProfileError(line: line, message: message)) {
      try HostProfile(parsing: text, name: "x")
    }
  }

  @Test(
    "read the types that descriptions write",
    arguments: ExternalTypeTextTests.core + [("(global (mut (ref null $0123456789abcdef)))", "")])
  func types(_ type: ExternalType, _ text: String) {
    #expect(ExternalType(parsing: type.text(in: .core)) == type)
  }

  @Test("spell references either way")
  func references() {
    #expect(ExternalType(parsing: "(table 0 (ref null func))") == "(table 0 funcref)")
    #expect(ExternalType(parsing: "(global (ref null none))") == "(global nullref)")
    #expect(ExternalType(parsing: "(global funkyref)") == nil)
  }
}

@Suite("Patterns of names")
struct NamePatternTests {
  static let cases: [(pattern: String, name: String, matches: Bool)] = [
    ("", "", true), ("", "a", false), ("*", "", true), ("*", "abc", true), ("a*", "abc", true),
    ("*c", "abc", true),
    ("a*c", "ac", true), ("a*c", "abcb", false), ("a*b*c", "axxbyyc", true), ("a**c", "abc", true),
    ("a?c", "abc", true), ("a?c", "ac", false), ("a\\*c", "a*c", true), ("a\\*c", "abc", false),
    ("\\\\", "\\", true), ("*ab", "aab", true), ("?", "ö", true), ("?", "e\u{301}", false),
    ("\u{e9}", "e\u{301}", false),
  ]

  @Test("match whole names", arguments: cases)
  func matching(_ pattern: String, _ name: String, _ matches: Bool) {
    let found = NamePattern(pattern)
    #expect(found.matches(name) == matches)
    if let literal = found.literal { #expect((literal == ExactName(name)) == matches) }
  }

  @Test("take no exponential time")
  func time() {
    let pattern = NamePattern(String(repeating: "*a", count: 50) + "b")
    #expect(!pattern.matches(String(repeating: "a", count: 2_000)))
  }
}
