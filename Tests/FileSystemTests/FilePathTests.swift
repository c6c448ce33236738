import FileSystem
import SystemPackage
import Testing

@Suite("Paths")
struct FilePathTests {
  @Test("lose their last step as the system's package takes it away")
  func folder() {
    for text in ["", "/", "a", "/a", "a/b", "/a/b", "a/b/", "//a//b", ".", "..", "../a", "/a/..", "a.b/c.d"] {
      let path = FilePath(text)
      #expect(path.folder == path.removingLastComponent(), "\(text)")
    }
    let bytes: [UInt8] = [0x61, 0x2f, 0xff, 0x2f, 0xfe]
    #expect(FilePath(bytes).folder.bytes == [0x61, 0x2f, 0xff], "what is no UTF-8 stays")
  }
}
