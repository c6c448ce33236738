import FileSystem
import Support
import Synchronization
import SystemPackage
import Testing

@Suite struct FolderTests {
  private let folder: TemporaryFolder
  private var root: FilePath { FilePath(folder.path) }

  init() throws { folder = try TemporaryFolder() }

  private func make(_ script: String) throws { try run(["sh", "-c", "cd '\(folder.path)' && \(script)"]) }

  @Test func onlyAMissingNameIsAnAbsence() throws {
    try make("touch file; ln -s a b; ln -s b a; ln -s nowhere dangling; mkdir inner")
    #expect(try FileStatus(root.appending("nowhere")) == nil)
    #expect(try FileStatus(root.appending("file/x")) == nil, "a file has nothing in it")
    #expect(try FileStatus(root.appending("dangling")) == nil)
    #expect(try FileStatus(root.appending("dangling"), followingLinks: false)?.kind == .symlink)
    #expect(try FileStatus(root.appending("file"))?.kind == .file)
    #expect(try FileStatus(root.appending("inner"))?.kind == .directory)
    #expect(try FileStatus("/dev/null")?.kind == .other)
    let circle = root.appending("a")
    let error = #expect(throws: FileError.self) { try FileStatus(circle) }
    #expect(error == FileError("examine", circle, .tooManySymbolicLinkLevels))
    #expect(error?.description == "cannot examine \(circle): Too many levels of symbolic links")
    #expect(throws: FileError("examine", circle, .tooManySymbolicLinkLevels)) { try fileExists(circle) }
    #expect(throws: FileError("open", circle, .tooManySymbolicLinkLevels)) {
      _ = try OpenFile(reading: circle)
    }
    #expect(throws: FileError("list", circle, .tooManySymbolicLinkLevels)) { try names(in: circle) }
    #expect(try !fileExists(root.appending("nowhere")))
    #expect(try fileExists(root.appending("file")))
  }

  @Test func aFolderIsListedOrTheReasonIsTold() throws {
    try make("mkdir inner; touch inner/a inner/.b; touch file")
    #expect(try names(in: root.appending("inner")).sorted() == [".b", "a"])
    #expect(try names(in: root.appending("nowhere")).isEmpty)
    #expect(throws: FileError("list", root.appending("nowhere"), .noSuchFileOrDirectory)) {
      try entries(in: root.appending("nowhere"))
    }
    let long = root.appending(String(repeating: "x", count: 300))
    #expect(throws: FileError("list", long, .fileNameTooLong)) { try names(in: long) }
  }

  @Test func accessIsGivenOrTheReasonIsTold() throws {
    #expect(mayWrite(into: root))
    #expect(!mayWrite(into: root.appending("nowhere")))
    try requireAccess(.list, to: root)
    #expect(throws: FileError("list", root.appending("nowhere"), .noSuchFileOrDirectory)) {
      try requireAccess(.list, to: root.appending("nowhere"))
    }
  }

  @Test func foldersAreMadeWithThoseAboveThem() throws {
    let deep = root.appending("a/b/c")
    #expect(throws: FileError("make", deep, .noSuchFileOrDirectory)) { try makeFolder(deep) }
    try makeFolders(deep)
    try makeFolders(deep)
    #expect(try FileStatus(deep)?.kind == .directory)
    #expect(try !makeFolder(deep))
    #expect(try makeFolder(deep.appending("d")))
    try make("touch file")
    #expect(throws: FileError("make", root.appending("file/a"), .notDirectory)) {
      try makeFolders(root.appending("file/a"))
    }
  }

  @Test func aFolderGoesWithEverythingInItButNotWhatLinksLeadTo() throws {
    try make(
      "mkdir -p out/kept in/a/b; touch out/kept/x in/a/y; ln -s ../out in/link; touch in/$(printf 'n\\377')")
    try removeTree(root.appending("in"))
    #expect(try names(in: root) == ["out"])
    #expect(folder.files() == ["out/kept/x"])
    try removeTree(root.appending("in"))
    #expect(try removeFile(root.appending("out/kept/x")))
    #expect(try !removeFile(root.appending("out/kept/x")))
  }

  @Test func aWalkMeetsFoldersFirstAndNamesInOrder() throws {
    try make("mkdir -p b/d .git; touch b/e b/d/f a c .git/x; ln -s b z")
    var found: [String] = []
    try walk(root, unreadable: { throw $1 }) { entry in
      found.append(String(decoding: entry.steps, as: UTF8.self) + (entry.kind == .directory ? "/" : ""))
      #expect(entry.path == root.appending(String(decoding: entry.steps, as: UTF8.self)))
      return found.last != ".git/"
    }
    #expect(found == [".git/", "a", "b/", "b/d/", "b/d/f", "b/e", "c", "z"])
  }

  @Test func aWalkTellsWhatCannotBeReadAndGoesOn() throws {
    try make("mkdir a; ln -s z z; touch b")
    var unread: [String] = []
    func note(_ steps: [UInt8], _ error: FileError) { unread.append("\(error.path) \(error.reason)") }
    walk(root.appending("nowhere"), unreadable: note) { _ in true }
    #expect(unread == ["\(root)/nowhere No such file or directory"])
    // The folder is removed just before it would be listed; that is not an error.
    var seen: [String] = []
    unread = []
    walk(root, unreadable: note) { entry in
      if entry.kind == .directory { try? removeTree(entry.path) }
      seen.append(String(decoding: entry.steps, as: UTF8.self))
      return true
    }
    #expect(seen == ["a", "b", "z"])
    #expect(unread.isEmpty)
  }

  @Test func namesAreBytes() throws {
    try make("touch $(printf 'n\\377')")
    var steps: [[UInt8]] = []
    try walk(root, unreadable: { throw $1 }) { entry in
      steps.append(entry.steps)
      let isThere = try fileExists(entry.path)
      #expect(isThere)
      return false
    }
    #expect(steps == [[0x6e, 0xff]])
    #expect(root.appending(bytes: [0x6e, 0xff]).bytes == root.bytes + [0x2f, 0x6e, 0xff])
  }

  @Test func whatComesWhileATreeIsRemovedIsNoFailure() throws {
    let tree = root.appending("tree")
    let isDone = Atomic(false)
    try inParallel(2, workers: 2) { (worker) throws(FileError) in
      if worker == 0 {
        defer { isDone.store(true, ordering: .relaxed) }
        for _ in 0..<2000 { try clearTree(tree) }
        return
      }
      while !isDone.load(ordering: .relaxed) {
        // Each may be removed before the next one is created.
        try? makeFolders(tree.appending("a/b"))
        _ = try? AdvisoryLock(making: tree.appending("a/b/c"))
      }
    }
    try clearTree(tree)
    #expect(try !fileExists(tree))
  }
}
