import FileSystem
import Support
import SystemPackage
import Testing

@Suite struct FolderWatchTests {
  private let folder: TemporaryFolder
  private var root: FilePath { FilePath(folder.path) }

  init() throws { folder = try TemporaryFolder() }

  private func make(_ script: String) throws { try run(["sh", "-c", "cd '\(folder.path)' && \(script)"]) }

  @Test func anotherProcessWakesWhoWaits() throws {
    let watch = FolderWatch()
    #expect(watch.watch(root))
    for script in ["touch a", "echo b >> a", "mv a b", "ln b c", "rm b", "mkdir inner", "rmdir inner"] {
      try make(script)
      #expect(watch.watch(root), "a folder may be watched again, and nothing is lost")
      let waking = watch.wait()
      #expect(waking == .change, "\(script)")
    }
  }

  @Test func aFileThatIsReplacedIsToldApartFromOneThatIsWritten() throws {
    let watch = FolderWatch()
    #expect(watch.watch(root, for: .replacements))
    try make("touch a; echo b >> a")
    let written = watch.wait()
    #expect(written == .pause)
    try make("mv a b")
    let replaced = watch.wait()
    #expect(replaced == .change)
  }

  @Test func aMissingFolderIsNotWatched() throws {
    let watch = FolderWatch()
    try make("touch file")
    #expect(!watch.watch(root.appending("inner")))
    #expect(!watch.watch(root.appending("file")))
  }

  @Test func aWaitEndsWhenNobodyReads() throws {
    for isPolling in [false, true] {
      let watch = FolderWatch(polling: isPolling)
      watch.watch(root)
      let pipe = try FileDescriptor.pipe()
      try pipe.readEnd.close()
      let waking = watch.wait(whileRead: pipe.writeEnd)
      #expect(waking == .readerGone)
      try pipe.writeEnd.close()
    }
  }
}
