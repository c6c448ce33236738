import FileSystem
import Support
import SystemPackage
import Testing

@Suite struct ConfinedFolderTests {
  private let folder: TemporaryFolder
  private var root: FilePath { FilePath(folder.path).appending("root") }

  init() throws { folder = try TemporaryFolder() }

  private func make(_ script: String) throws { try run(["sh", "-c", "cd '\(folder.path)' && \(script)"]) }

  private func steps(_ text: String) -> [[UInt8]] { text.split(separator: "/").map { Array($0.utf8) } }

  private func write(_ text: String, to name: String, in folder: ConfinedFolder) throws(FileError) {
    try folder.write(Array(name.utf8), executable: false, failure: { $0 }) { (file) throws(FileError) in
      do throws(Errno) { try writeAll(Array(text.utf8).span.bytes, to: file) } catch {
        throw FileError("write", root, error)
      }
    }
  }

  @Test func filesAreWrittenWhole() throws {
    let confined = try ConfinedFolder(making: root.appending("a/b"))
    try write("first", to: "f", in: try confined.folder(steps("c/d"), making: true))
    try write("second", to: "f", in: try confined.folder(steps("c/d"), making: true))
    #expect(folder.files() == ["root/a/b/c/d/f"])
    #expect(try contents(of: root.appending("a/b/c/d/f")) == Array("second".utf8))
  }

  @Test func nothingRemainsOfAFileThatFails() throws {
    let confined = try ConfinedFolder(making: root)
    let failure = FileError("write", root, .noSpace)
    #expect(throws: failure) {
      try confined.write(Array("f".utf8), executable: false, failure: { $0 }) { (_) throws(FileError) in
        throw failure
      }
    }
    #expect(folder.files() == [])
  }

  @Test func linksAreNotFollowed() throws {
    try make("mkdir root else; ln -s ../else root/link; ln -s ../else/f root/f; ln -s ../nothing root/g")
    let confined = try ConfinedFolder(making: root)
    for isMaking in [false, true] {
      for path in ["link", "f", "g", "link/inner"] {
        let error = #expect(throws: FileError.self) { try confined.folder(steps(path), making: isMaking) }
        #expect(error?.reason == .notDirectory, "\(path)")
      }
    }
    try write("text", to: "f", in: confined)
    try write("text", to: "g", in: confined)
    #expect(folder.files() == ["root/f", "root/g"])
    try confined.remove(Array("link".utf8), isFolder: false)
    #expect(try confined.entries().map(\.name).sorted() == ["f", "g"])
    #expect(try fileExists(FilePath(folder.path).appending("else")))
  }

  @Test(arguments: ["", ".", "..", "a/b", "/a", "../a"])
  func aNameIsNoPath(_ name: String) throws {
    let confined = try ConfinedFolder(making: root)
    #expect(throws: FileError.self) { try confined.folder([Array(name.utf8)], making: true) }
    #expect(throws: FileError.self) { try write("text", to: name, in: confined) }
    #expect(throws: FileError.self) { try confined.remove(Array(name.utf8), isFolder: false) }
    #expect(folder.files() == [])
  }
}
