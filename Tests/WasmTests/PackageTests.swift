import Support
import Testing

@testable import Wasm

@Suite("WIT packages", .enabled(if: WasmTools.installed != nil, "wasm-tools is not installed"))
struct PackageTests {
  private func package(_ text: String) throws -> ModuleDescription {
    let folder = try TemporaryFolder()
    _ = try run(["tee", folder.path + "/package.wit"], input: Array(text.utf8))
    let tool = try #require(WasmTools.installed)
    return try validate(try tool.output(of: ["component", "wit", "--wasm", folder.path]))
  }

  @Test("are told from components")
  func recognition() throws {
    let described = try package("package d:p@1.0.0; interface i { f: func(); } world w { import i; }")
    let items = try #require(described.package?.items)
    #expect(items.map(\.name) == ["d:p/i@1.0.0", "d:p/w@1.0.0"])
    var text: [UInt8] = []
    described.package?.write(to: &text)
    #expect(
      String(decoding: text, as: UTF8.self) == """
        interface d:p/i@1.0.0 {
          f: func();
        }

        world d:p/w@1.0.0 {
          import d:p/i@1.0.0: interface {
            f: func();
          }
        }

        """)
    for profile in HostProfile.names {
      #expect(HostProfile(named: profile)?.objections(to: described).map(\.subject) == [.kind])
    }
    #expect(ModuleDescription(encoded: described.encoded()) == described)
    #expect(try validate(WasmBuilder.component().bytes).package == nil)
  }

  static let interfaces: [(old: String, new: String, verdict: ChangeSeverity)] = [
    ("@1.0.0; interface i { f: func(); }", "@1.0.0; interface i { f: func(); }", .patch),
    ("@1.0.0; interface i { f: func(); }", "@1.0.1; interface i { f: func(); }", .minor),
    ("@1.0.0; interface i { f: func(); }", "@1.1.0; interface i { f: func(); g: func(); }", .minor),
    ("@1.1.0; interface i { f: func(); g: func(); }", "@1.2.0; interface i { f: func(); }", .major),
    ("@1.0.0; interface i { f: func(); }", "@1.1.0; interface i { f: func(x: u8); }", .major),
    ("@1.0.0; interface i { f: func(); }", "@2.0.0; interface i { f: func(); }", .major),
    ("@1.0.0; interface i { f: func(); }", "@1.1.0; interface i { f: func(); } interface j {}", .minor),
    ("@1.0.0; interface i { f: func(); } interface j {}", "@1.0.0; interface i { f: func(); }", .major),
    (
      "@1.0.0; interface t { resource r; } interface i { use t.{r}; f: func(x: r); }",
      "@1.0.1; interface t { resource r; } interface i { use t.{r}; f: func(x: r); }", .minor
    ),
    (
      "@1.0.0; interface t { record r { x: u8 } } interface i { use t.{r}; f: func(x: r); }",
      "@1.0.1; interface t { record r { x: u16 } } interface i { use t.{r}; f: func(x: r); }", .major
    ),
    (
      "@1.0.0; interface i { f: func(x: u32); }", "@1.0.0; interface i { type t = u32; f: func(x: t); }",
      .minor
    ),
  ]

  @Test("are compared by what is in their interfaces", arguments: interfaces)
  func comparison(_ old: String, _ new: String, verdict: ChangeSeverity) throws {
    let comparison = try InterfaceComparison(
      old: package("package d:p" + old), new: package("package d:p" + new))
    #expect(comparison.verdict == verdict, "\(comparison.changes)")
  }

  static let worlds: [String] = [
    "import f: func(x: u32); export g: func(x: u32);",
    "type t = u32; import f: func(x: t); export g: func(x: t);",
    "type t = u32; import f: func(x: u32); export g: func(x: t);",
    "record r { x: u32 } import f: func(x: u32); export g: func(x: u32);",
    "import i: interface { f: func(x: u32); }", "import i: interface { type t = u32; f: func(x: t); }",
    "export i: interface { f: func(x: u32); }", "export i: interface { type t = u32; f: func(x: t); }",
    "export i: interface { f: func(x: u32); g: func(); }",
    "import i: interface { f: func(x: u32); g: func(); }", "import i: interface { f: func(x: u64); }", "",
  ]

  @Test("have worlds that are compared as wasm-tools compares them")
  func truth() throws {
    let tool = try #require(WasmTools.installed)
    let names = Self.worlds.indices.map { "w\($0)" }
    let all = zip(names, Self.worlds).map { "world \($0) { \($1) }" }.joined(separator: "\n")
    let folder = try TemporaryFolder()
    _ = try run(["tee", folder.path + "/all.wit"], input: Array("package a:b;\n\(all)".utf8))
    let packages = try Self.worlds.map { try package("package a:b; world w { \($0) }") }
    for old in packages.indices {
      for new in packages.indices {
        let isTaken =
          try tool.run(
            ["component", "semver-check", folder.path, "--prev", names[old], "--new", names[new]]
          ).status == 0
        let comparison = InterfaceComparison(old: packages[old], new: packages[new])
        #expect(
          (comparison.verdict < .major) == isTaken, "\(Self.worlds[old]) → \(Self.worlds[new])")
      }
    }
  }
}
