import HTTPServing
import ModuleStore
import StoreServer
import Support
import Testing

@Suite("Pages for people")
struct PagesTests {
  private let store: PageStore
  /// The commits that brought `/plugins/a.wasm` and its second version.
  private let (first, second): (String, String)

  private static let hostile = [
    "\"><img src=x onerror=alert(1)>.wasm", "a'b&c<script>.wasm", "line\u{2028}end\u{202e}.wasm",
    "ä b?c#d%2e.wasm",
    "[x]*?/star*.wasm", "javascript:alert(1)",
  ]

  init() throws {
    store = try PageStore()
    first = try store.add(WasmBuilder.sampleModule(text: "one"), at: "/plugins/a.wasm")
    second = try store.add(
      PagesTests.module(export: "sub"), at: "/plugins/a.wasm", message: "Second\n\nlong text")
    try store.add(WasmBuilder.sampleComponent(), at: "/deep/er/c.wasm")
    try store.add(
      PagesTests.module(export: "<b>&\"'\u{202e}"), at: PagesTests.hostile,
      message: "<script>alert(1)</script>\u{1b}[0m & more")
    try store.open().createBranch(BranchName("feature/<x>&\"y"))
    try store.open().createTag(TagName("v1"), at: first)
    try store.add(PagesTests.module(export: "only here"), at: "/secret.wasm", branch: "feature/<x>&\"y")
  }

  /// A module that exports a memory under a name.
  private static func module(export name: String) -> [UInt8] {
    var module = WasmBuilder.module()
    module.section(5, entries: [{ $0.raw(0, 1) }])
    module.section(
      7,
      entries: [
        {
          $0.name(name)
          $0.raw(2, 0)
        }
      ])
    return module.bytes
  }

  @Test func `every page that is linked to is there and well formed`() throws {
    let (pages, others) = try store.crawl(from: [
      "/", "/search?branch=main&import=env&export=*&path=plugins&kind=core", "/search?export=%3Cb%3E*",
    ])
    for (target, page) in pages { #expect(page.faults == [], "\(target)") }
    let kinds = Set(pages.keys.map { String($0.dropFirst().prefix { $0 != "/" && $0 != "?" }) })
    #expect(kinds == ["", "modules", "module", "history", "commit", "compare", "search"])
    #expect(others == ["/style.css"])
    #expect(pages.count > 60, "\(pages.count)")
  }

  @Test func `what modules and people are called comes out as text`() throws {
    let listing = try ParsedPage(store.page("/modules"))
    for name in [
      "\"><img src=x onerror=alert(1)>.wasm", "a'b&c<script>.wasm", "line\\u{2028}end\\u{202e}.wasm",
      "[x]*?/",
    ] {
      #expect(listing.text.contains(name), "\(name)")
    }
    #expect(
      try ParsedPage(store.page("/history")).text.contains("<script>alert(1)</script>\\u{1b}[0m & more"))
    #expect(try ParsedPage(store.page("/")).text.contains("feature/<x>&\"y"))
    let inside = try ParsedPage(store.page("/modules/%5Bx%5D%2A%3F"))
    #expect(inside.text.contains("star*.wasm"))
    #expect(!inside.text.contains("a.wasm"))
  }

  @Test func `shows branches, tags, folders, sizes and kinds`() throws {
    let overview = try ParsedPage(store.page("/"))
    for text in ["main", "default", "v1", "Import /secret.wasm", "2026-01-01"] {
      #expect(overview.text.contains(text), "\(text)")
    }
    let root = try ParsedPage(store.page("/modules?branch=main")).text
    #expect(root.contains("plugins/"))
    #expect(!root.contains("secret.wasm"))
    #expect(
      try ParsedPage(store.page("/modules?branch=feature%2F%3Cx%3E%26%22y")).text.contains("secret.wasm"))
    let folder = try ParsedPage(store.page("/modules/deep"))
    #expect(folder.links.contains("/modules/deep/er?branch=main"))
    #expect(try ParsedPage(store.page("/modules/deep/er")).text.contains("component"))
  }

  @Test func `shows the interface, the history and the changes of a module`() throws {
    let module = try ParsedPage(store.page("/module/plugins/a.wasm?branch=main&rev=\(first)")).text
    for text in ["env", "log", "(func (param i32))", "add", "core module", "data"] {
      #expect(module.contains(text), "\(text)")
    }
    #expect(try ParsedPage(store.page("/module/deep/er/c.wasm")).text.contains("export add: func("))
    let history = try ParsedPage(store.page("/history/plugins/a.wasm")).text
    #expect(history.contains("Second"))
    #expect(!history.contains("long text"))
    #expect(history.contains("Import /plugins/a.wasm"))
    let changes = try ParsedPage(store.page("/compare/plugins/a.wasm?branch=main&old=\(first)&new=\(second)"))
      .text
    for text in ["major", "removed", "sub", "add"] { #expect(changes.contains(text), "\(text)") }
    let commit = try ParsedPage(store.page("/commit/\(second)")).text
    for text in ["Second\n\nlong text", "updated", "/plugins/a.wasm", String(first.prefix(7))] {
      #expect(commit.contains(text), "\(text)")
    }
  }

  @Test func `finds modules`() throws {
    let found = try ParsedPage(store.page("/search?import=env&branch=main&rev=\(first)")).text
    #expect(found.contains("/plugins/a.wasm"))
    #expect(try ParsedPage(store.page("/search?import=nothing")).text.contains("Nothing found"))
    #expect(try store.page("/search?kind=odd").status == 400)
    #expect(try store.page("/search?path=..").status == 400)
  }

  @Test(arguments: [
    ("/modules/nowhere", 404), ("/modules/..", 400), ("/modules/plugins%2Fa.wasm", 404),
    ("/module/plugins%2Fa.wasm", 200), ("/modules/%zz", 400), ("/modules/%ff", 400), ("/commit/%", 400),
    ("/module", 404),
    ("/module/plugins", 404), ("/module/nowhere.wasm", 404), ("/modules?branch=nope", 404),
    ("/modules?tag=nope", 404),
    ("/modules?branch=a..b", 400), ("/commit", 404), ("/commit/main", 404), ("/commit/a/b", 404),
    ("/commit/0123456789012345678901234567890123456789", 404),
    ("/modules?rev=0123456789012345678901234567890123456789", 404), ("/modules?rev=main", 404),
    ("/compare/plugins/a.wasm", 404), ("/history/nowhere", 404), ("/modules?page=0", 400),
    ("/modules?page=x", 400),
    ("/modules?page=99999999999999999999", 400), ("/modules?branch=%ff", 400), ("/modules/.git", 400),
    ("/modules?page=1000000", 200),
  ])
  func `an address that leads nowhere is a page with its status`(target: String, status: Int) throws {
    let page = try store.page(target)
    #expect(page.status == status)
    #expect(try ParsedPage(page).faults == [])
  }

  @Test func `a commit is shown only where the branch leads to it`() throws {
    let branch = "feature%2F%3Cx%3E%26%22y"
    let other = try store.git("rev-parse", "refs/heads/feature/<x>&\"y")
    #expect(try store.page("/commit/\(other)?branch=\(branch)").status == 200)
    #expect(try store.page("/commit/\(other)?branch=main").status == 404)
    #expect(try store.page("/modules?branch=main&rev=\(other)").status == 404)
    #expect(try store.page("/compare/plugins/a.wasm?branch=main&old=\(first)&new=\(other)").status == 404)
    #expect(try store.page("/modules?tag=v1&rev=\(second)").status == 404)
  }

  @Test func `a key shows its paths and branches and no others`() throws {
    var key = try #require(AccessKey(name: "ci", methods: .reading))
    key.path = try ModulePath("/plugins")
    key.branch = "mai*"
    let pages = try store.crawl(from: ["/"], as: key).pages
    for (target, page) in pages {
      for text in ["secret", "deep", "onerror", "feature", "v1", "script"] {
        #expect(!page.text.contains(text), "\(target) shows \(text)")
      }
    }
    #expect(pages.keys.contains("/module/plugins/a.wasm?branch=main"))
    #expect(pages.keys.contains("/commit/\(second)?branch=main"))
    for target in [
      "/modules/deep", "/module/deep/er/c.wasm", "/history/deep", "/modules?tag=v1",
      "/modules?branch=feature%2F%3Cx%3E%26%22y", "/commit/\(try store.git("rev-parse", "main"))",
      "/compare/deep/er/c.wasm?old=\(second)&new=\(second)",
    ] {
      #expect(try store.page(target, as: key).status == 404, "\(target)")
    }
    #expect(try ParsedPage(store.page("/search?export=*", as: key)).text.contains("/plugins/a.wasm"))
    #expect(try !ParsedPage(store.page("/search?export=*", as: key)).text.contains("onerror"))
  }

  @Test func `a message about other paths is not shown to a key that is limited`() throws {
    let blob = try store.git("rev-parse", "main:plugins/a.wasm")
    _ = try store.git(
      "fast-import", "--quiet",
      input: """
        commit refs/heads/mixed
        committer A <a@b> 1767300000 +0000
        data 12
        secret names
        M 100644 \(blob) plugins/m.wasm
        M 100644 \(blob) other/m.wasm

        """)
    var key = try #require(AccessKey(name: "ci", methods: .reading))
    #expect(try store.text("/history?branch=mixed", as: key).contains("secret names"))
    let commit = try store.git("rev-parse", "mixed")
    key.path = try ModulePath("/plugins")
    for target in ["/history?branch=mixed", "/commit/\(commit)?branch=mixed"] {
      let text = try store.text(target, as: key)
      #expect(text.contains(commit))
      #expect(!text.contains("secret names"))
      #expect(!text.contains("other"))
    }
  }

  @Test func `a long list has pages`() throws {
    let blob = try store.git("rev-parse", "main:plugins/a.wasm")
    let files = (0..<50_000).map { "M 100644 \(blob) many/\($0 / 25_000)/\($0).wasm\n" }.joined()
    _ = try store.git(
      "fast-import", "--quiet",
      input: "commit refs/heads/many\ncommitter A <a@b> 1767300000 +0000\ndata 1\nx\n\(files)\n")
    let commit = try store.git("rev-parse", "many")
    for target in [
      "/modules/many/0?branch=many", "/commit/\(commit)?branch=many", "/search?branch=many&export=sub",
    ] {
      let page = try store.page(target)
      #expect(page.body.count < 250_000, "\(target)")
      let parsed = try ParsedPage(page)
      #expect(parsed.faults == [])
      let next = try #require(parsed.links.first { $0.hasSuffix("page=2") }, "\(target)")
      let following = try ParsedPage(store.page(next))
      #expect(following.links.contains { $0.hasSuffix("page=3") })
      #expect(following.links.contains(target))
    }
    #expect(try ParsedPage(store.page("/modules?branch=many")).text.contains("50,000 modules"))
    #expect(
      try ParsedPage(store.page("/modules/many/1?branch=many&page=50")).links.allSatisfy {
        !$0.hasSuffix("page=51")
      })
  }

  @Test func `texts that have no end are cut`() throws {
    let blob = try store.git("rev-parse", "main:plugins/a.wasm")
    let long = String(repeating: "<", count: 300_000)
    _ = try store.git(
      "fast-import", "--quiet",
      input: """
        commit refs/heads/long
        committer \(String(repeating: "n", count: 300_000)) <a@b> 1767300000 +0000
        data 300000
        \(long)
        M 100644 \(blob) a.wasm

        """)
    let commit = try store.git("rev-parse", "long")
    for (target, limit) in [
      ("/", 10_000), ("/history?branch=long", 10_000), ("/commit/\(commit)?branch=long", 100_000),
    ] {
      let page = try store.page(target)
      #expect(page.body.count < limit, "\(target)")
      #expect(try ParsedPage(page).text.contains("…"), "\(target)")
    }
  }

  @Test func `a new store has an overview, and no more`() throws {
    let store = try PageStore()
    let overview = try ParsedPage(store.page("/"))
    #expect(overview.text.contains("no commits yet"))
    #expect(overview.faults == [])
    #expect(try store.page("/modules").status == 404)
    #expect(try ParsedPage(store.page("/modules")).text.contains("no commits on main"))
  }

  @Test func `nothing may be loaded or run but the style sheet`() throws {
    let policy = try #require(Page.headers.first { $0.name == "Content-Security-Policy" }).value
    #expect(policy.contains("default-src 'none'"))
    #expect(policy.contains("frame-ancestors 'none'"))
    #expect(!policy.contains("unsafe"))
    let sheet = try store.page("/style.css")
    #expect(sheet.contentType == "text/css; charset=utf-8")
    let text = String(decoding: sheet.body, as: UTF8.self)
    #expect(!text.contains("url("))
    #expect(!text.contains("@import"))
    #expect(text.contains("prefers-color-scheme: dark"))
  }
}
