import FileSystem
import Support
import SystemPackage
import Testing

@testable import KVSync

@Suite("What of a folder is published")
struct IgnoreTests {
  /// The paths that a folder publishes.
  private static func paths(
    _ folder: TemporaryFolder, _ name: String = "site",
    _ select: (inout AssetFolder.Selection) -> Void = { _ in }
  ) throws -> [String] {
    var selection = AssetFolder.Selection()
    select(&selection)
    let listing = try AssetFolder(FilePath(folder.path).appending(name), selection).listing()
    return listing.files.map { String(decoding: $0.steps, as: UTF8.self) }
  }

  /// Creates files and their folders.
  private static func make(_ files: [String: String]) throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    for (name, text) in files { try folder.write(name, text) }
    return folder
  }

  @Test("names that begin with a dot and node_modules are left out, unless a file says otherwise")
  func standard() throws {
    let folder = try IgnoreTests.make([
      "site/index.html": "", "site/.env": "", "site/.git/config": "", "site/.well-known/a": "",
      "site/.well-known/.b": "", "site/node_modules/x.js": "", "site/a/.hidden/x": "", "site/.nojekyll": "",
      "site/.kvignore": "!.nojekyll\n!.git\n", "site/.gitignore": "!.env\n",
    ])
    #expect(try IgnoreTests.paths(folder) == [".nojekyll", ".well-known/a", "index.html"])
  }

  @Test("each of the files that say what is left out holds, the folder above too, and the next goes before")
  func files() throws {
    let folder = try IgnoreTests.make([
      ".gitignore": "/site\n*.log\n/site/x\n", ".ignore": "!keep.log\n", "site/.gitignore": "*.map\n",
      "site/.ignore": "!b.map\n", "site/.kvignore": "b.map\n!c.map\n", "site/a.log": "", "site/keep.log": "",
      "site/x": "", "site/a.map": "", "site/b.map": "", "site/c.map": "", "site/d/a.map": "",
      "site/d/.kvignore": "!*.map\n/e", "site/d/e": "", "site/e": "",
    ])
    #expect(try IgnoreTests.paths(folder) == ["c.map", "d/a.map", "e", "keep.log"])
  }

  @Test("patterns of options choose further")
  func options() throws {
    let folder = try IgnoreTests.make([
      "site/a.html": "", "site/b/c.html": "", "site/b/d.css": "", "site/e/f.css": "", "site/g.txt": "",
    ])
    #expect(
      try IgnoreTests.paths(folder) { $0.included = ["*.html", "/e"] } == ["a.html", "b/c.html", "e/f.css"])
    #expect(try IgnoreTests.paths(folder) { $0.excluded = ["b/"] } == ["a.html", "e/f.css", "g.txt"])
    #expect(try IgnoreTests.paths(folder) { $0.excluded = ["*", "!g.txt"] } == ["g.txt"])
    #expect(
      try IgnoreTests.paths(folder) {
        $0.included = ["*.html", "!/b"]
        $0.excluded = ["g*"]
      } == ["a.html", "b/c.html"])
  }

  @Test("a link is published where it leads to a file that is")
  func links() throws {
    let folder = try IgnoreTests.make(["site/a": "", "site/.env": "", "secret": "", "site/d/b": ""])
    for (name, target) in [
      ("in", "a"), ("out", "../secret"), ("hidden", ".env"), ("folder", "d"), ("none", "missing"),
      ("d/up", "../a"),
      ("circle", "circle"),
    ] {
      try run(["ln", "-s", target, "\(folder.path)/site/\(name)"])
    }
    let listing = try AssetFolder(FilePath(folder.path).appending("site")).listing()
    #expect(listing.files.map { String(decoding: $0.steps, as: UTF8.self) } == ["a", "d/b", "d/up", "in"])
    #expect(
      listing.leftOut.map { String(decoding: $0, as: UTF8.self) } == [
        "circle", "folder", "hidden", "none", "out",
      ])
  }

  /// A pattern of random bytes, with and without special meaning.
  private static func pattern(_ random: inout Generator) -> String {
    let parts = [
      "a", "b", "ab", "ba", "c", "*", "**", "?", "/", "/", "/", "**/", "/**", "[ab]", "[!a]", "[^b-c]",
      "[]a]", "[a-",
      "[[:alpha:]]", "[[:digit:]b]", "[[:no:]]", "\\a", "\\*", "\\", "!", "#", " ", "\\ ", "-", "]", "[a\\]]",
      "[[:a]",
    ]
    let count = Int.random(in: 1...5, using: &random)
    var text = (0..<count).map { _ in parts.randomElement(using: &random) ?? "" }.joined()
    if Int.random(in: 0..<5, using: &random) == 0 { text = "!" + text }
    if Int.random(in: 0..<6, using: &random) == 0 { text += "/" }
    if Int.random(in: 0..<20, using: &random) == 0 { text += "  " }
    if Int.random(in: 0..<30, using: &random) == 0 { text += "\r" }
    return text
  }

  @Test("the same is left out as by git", arguments: [UInt64.random(in: 0..<1 << 32), 1, 2])
  func likeGit(seed: UInt64) throws {
    var random = Generator(seed: seed)
    let names = ["a", "b", "ab", "ba", "c", "aa", "*", "[", "]", "-a", "a b", "b ", "!a", "#b", "\\", "a\\b"]
    for round in 0..<25 {
      let folder = try TemporaryFolder()
      try run(["git", "init", "-q", folder.path + "/site"])
      var folders = [""]
      var files: Set<String> = []
      for _ in 0..<40 {
        let path =
          (folders.randomElement(using: &random) ?? "") + (names.randomElement(using: &random) ?? "a")
        if files.contains(path) || folders.contains(path + "/") { continue }
        if folders.count < 12, Bool.random(using: &random) {
          folders.append(path + "/")
        } else {
          files.insert(path)
          try folder.write("site/" + path, "")
        }
      }
      for parent in folders where parent.isEmpty || Bool.random(using: &random) {
        let lines = (0..<Int.random(in: 1...4, using: &random)).map { _ in IgnoreTests.pattern(&random) }
        try folder.write("site/\(parent).gitignore", lines.joined(separator: "\n"))
      }
      let listed = try run([
        "git", "-C", folder.path + "/site", "-c", "core.excludesFile=/dev/null", "ls-files", "-z", "--others",
        "--exclude-standard",
      ]).text
      let wanted = listed.split(separator: "\0").map(String.init).filter { !$0.hasSuffix(".gitignore") }
        .sorted {
          $0.utf8.lexicographicallyPrecedes($1.utf8)
        }
      let found = try IgnoreTests.paths(folder)
      #expect(found == wanted, "seed \(seed), round \(round)")
      if found != wanted {
        let rules = try run([
          "sh", "-c", "cd '\(folder.path)/site' && find . -name .gitignore -exec tail -n +1 {} +",
        ])
        Issue.record("\(rules.text)")
        return
      }
    }
  }
}

extension TemporaryFolder {
  /// Writes a file, and creates its folders.
  func write(_ name: String, _ text: String) throws {
    let path = FilePath(self.path).appending(bytes: Array(name.utf8))
    try makeFolders(path.removingLastComponent())
    let file = try FileDescriptor.open(
      path, .writeOnly, options: [.create, .truncate, .closeOnExec], permissions: .ownerReadWrite)
    try file.closeAfter { _ = try file.writeAll(text.utf8) }
  }
}
