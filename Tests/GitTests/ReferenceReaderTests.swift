import Identifiers
import Support
import SystemPackage
import Testing

@testable import Git

@Suite("Reading a reference again and again")
struct ReferenceReaderTests {
  let folder: TemporaryRepository
  let first: ObjectID
  let second: ObjectID

  init() throws {
    folder = try TemporaryRepository()
    first = try folder.commit("first")
    second = try folder.commit("second")
  }

  @Test("it is read as it is, loose or packed")
  func reading() throws {
    for name in ["refs/heads/main", "refs/heads/deep/er/main"] {
      var reader = ReferenceReader(name, in: try Repository(openingAt: folder.path))
      for round in 0..<3 {
        try folder.git("update-ref", name, first.hex)
        #expect(try reader.objectID() == first, "\(name) \(round)")
        try folder.git("pack-refs", "--all")
        #expect(try reader.objectID() == first, "\(name) \(round)")
        try folder.git("update-ref", name, second.hex)
        #expect(try reader.objectID() == second, "\(name) \(round)")
        try folder.git("pack-refs", "--all")
        #expect(try reader.objectID() == second, "\(name) \(round)")
        try folder.git("update-ref", "-d", name)
        #expect(try reader.objectID() == nil, "\(name) \(round)")
      }
    }
  }

  @Test("a young file is read although time, size and inode are the same")
  func youngFiles() throws {
    let packed = folder.path.appending("packed-refs")
    var reader = ReferenceReader("refs/heads/main", in: try Repository(openingAt: folder.path))
    for id in [first, second, first] {
      // In place, because a new file may have the same inode as the file before the last.
      try run(["sh", "-c", "echo '\(id) refs/heads/main' > '\(packed)'"])
      #expect(try reader.objectID() == id)
    }
    try run(["touch", "-d", "2026-01-01", packed.string])
    #expect(try reader.objectID() == first)
  }

  @Test("a name is found whole, beside what is no reference")
  func packedNames() {
    let text = """
      # pack-refs with: peeled fully-peeled sorted
      \(first) refs/heads/main
      \(second) refs/heads/main2
      \(second) refs/tags/v1
      ^\(first)

      """
    let bytes = Array(text.utf8)
    #expect(ReferenceReader.find("refs/heads/main", inPacked: bytes) == first)
    #expect(ReferenceReader.find("refs/heads/main2", inPacked: bytes) == second)
    #expect(ReferenceReader.find("refs/tags/v1", inPacked: bytes) == second)
    #expect(ReferenceReader.find("refs/heads/mai", inPacked: bytes) == nil)
    #expect(ReferenceReader.find("refs/heads/main3", inPacked: bytes) == nil)
  }

  @Test("one that names nothing is told")
  func broken() throws {
    try run(["sh", "-c", ": > '\(folder.path)/refs/heads/main'"])
    var reader = ReferenceReader("refs/heads/main", in: try Repository(openingAt: folder.path))
    let error = #expect(throws: GitError.self) { try reader.objectID() }
    #expect(error?.code == .brokenReference("refs/heads/main"))
  }
}
