import FileSystem
import Support
import SystemPackage
import Testing

@Suite struct ReadingTests {
  private let folder: TemporaryFolder
  private var file: FilePath { FilePath(folder.path).appending("file") }

  init() throws { folder = try TemporaryFolder() }

  private func write(_ bytes: [UInt8]) throws {
    let file = try OpenFile(makingAndAppendingTo: file)
    try file.append(bytes.span.bytes)
  }

  @Test(arguments: [1, 5_000_001]) func aFileComesInOnePieceFromWhereItStandsToItsEnd(size: Int) throws {
    // The halves differ, and so do neighbouring pages.
    let bytes = [UInt8](
      (0..<size / 251 + 1).map { Array(repeating: UInt8($0 % 253), count: 251) }.joined().prefix(size))
    try write(bytes)
    let open = try OpenFile(file)
    let file = open.descriptor
    #expect(try readWhole(file, size: size) == bytes)
    #expect(try readWhole(file, size: size + 5_000_000) == bytes, "it is shorter than was thought")
    try file.seek(offset: Int64(size / 2), from: .start)
    #expect(try remainingSize(of: file) == size - size / 2)
    #expect(try readWhole(file, size: size - size / 2) == Array(bytes[(size / 2)...]))
    #expect(try open.size() == size)
  }

  @Test func whatIsNoFileIsNotRead() throws {
    let folder = try OpenFile(FilePath(folder.path))
    let descriptor = folder.descriptor
    #expect(throws: Errno.isDirectory) { try readWhole(descriptor, size: 10_000_000) }
    #expect(throws: Errno.isDirectory) { try readBytes(of: descriptor, at: 0, upTo: 1) }
    var buffer: [UInt8] = [0]
    #expect(throws: Errno.isDirectory) { try fill(&buffer, from: descriptor) }
    #expect(throws: FileError("read", FilePath(self.folder.path), .isDirectory)) {
      try contents(of: FilePath(self.folder.path))
    }
  }

  @Test func onlyTheEndOfAFileCanBeRead() throws {
    #expect(try contents(of: file) == nil)
    try write(Array(0..<100))
    #expect(try contents(of: file, last: 3) == [97, 98, 99])
    #expect(try contents(of: file, last: 200) == Array(0..<100))
    #expect(try OpenFile(file).bytes(at: 98, upTo: 5) == [98, 99])
    #expect(try OpenFile(file).bytes(at: 100, upTo: 5) == [])
  }

  @Test func aBufferIsFilledAsFarAsIsWanted() throws {
    try write(Array(0..<10))
    let file = try OpenFile(file)
    var buffer = [UInt8](repeating: 0xff, count: 8)
    #expect(try fill(&buffer, upTo: 4, from: file.descriptor) == 4)
    #expect(buffer == [0, 1, 2, 3, 0xff, 0xff, 0xff, 0xff])
    #expect(try fill(&buffer, from: file.descriptor) == 6)
    #expect(try fill(&buffer, from: file.descriptor) == 0)
  }

  @Test func aFileIsCutOffAndGrowsAtItsEnd() throws {
    try write(Array(0..<10))
    let open = try OpenFile(makingAndAppendingTo: file)
    try open.resize(to: 2)
    try open.append(([7] as [UInt8]).span.bytes)
    #expect(try contents(of: file) == [0, 1, 7])
    let present = try OpenFile(appendingTo: file)
    try present?.append(([8] as [UInt8]).span.bytes)
    #expect(try contents(of: file) == [0, 1, 7, 8])
    if try OpenFile(appendingTo: file.appending("x")) != nil { Issue.record("a file has nothing in it") }
  }

  @Test func aFullDiskIsTold() {
    #expect(throws: FileError("write", "/dev/full", .noSpace)) {
      try OpenFile(makingAndAppendingTo: "/dev/full").append(([1] as [UInt8]).span.bytes)
    }
  }
}
