import SystemPackage
import Testing

@testable import ModuleStore

@Suite("Reading files")
struct ReadingFilesTests {
  @Test("a file comes in one piece, from where it stands to its end", arguments: [1, 5_000_001])
  func whole(size: Int) throws {
    let test = try TestStore()
    // Both halves differ, and so do neighbouring pages.
    let bytes = [UInt8](
      (0..<size / 251 + 1).map { Array(repeating: UInt8($0 % 253), count: 251) }.joined().prefix(size))
    let file = try FileDescriptor.open(try test.file("large", bytes), .readOnly)
    try file.closeAfter {
      #expect(try readWhole(file, size: size) == bytes)
      #expect(try readWhole(file, size: size + 5_000_000) == bytes, "it is shorter than was thought")
      try file.seek(offset: Int64(size / 2), from: .start)
      #expect(try readWhole(file, size: size - size / 2) == Array(bytes[(size / 2)...]))
    }
  }

  @Test("what is no file is not read")
  func folder() throws {
    let folder = try FileDescriptor.open("/", .readOnly)
    try folder.closeAfter {
      _ = #expect(throws: Errno.isDirectory) { try readWhole(folder, size: 10_000_000) }
    }
  }
}
