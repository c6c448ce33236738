import FileSystem
import Support
import SystemPackage
import Testing

@Suite struct TemporaryFileTests {
  private let folder: TemporaryFolder
  private var root: FilePath { FilePath(folder.path) }

  init() throws { folder = try TemporaryFolder() }

  @Test func whatIsNotPublishedGoesAway() throws {
    do {
      var file = try TemporaryFile(in: root.appending("tmp"), prefix: "x-")
      try file.append(([1, 2] as [UInt8]).span.bytes)
      #expect(file.size == 2)
      #expect(folder.files().count == 1)
    }
    #expect(folder.files().isEmpty)
  }

  @Test func whatIsPublishedTakesThePlaceOfWhatWasThere() throws {
    let final = root.appending("deep/name")
    for byte in UInt8(1)...2 {
      var file = try TemporaryFile(in: root.appending("tmp"), prefix: "x-")
      try file.append([byte].span.bytes)
      try file.synchronize()
      #expect(try file.publish(at: final, making: root.appending("deep")) == (byte == 1))
    }
    #expect(folder.files() == ["deep/name"])
    #expect(try contents(of: final) == [2])
    #expect(try run(["stat", "-c", "%a", final.string]).text == "444")
    try synchronizeFolder(root.appending("deep"))
  }

  @Test func aFileTakesThePlaceOfAnotherAndItsAccess() throws {
    let final = root.appending("name")
    for (mode, wanted) in [(nil, "600"), ("640", "640"), ("4604", "604")] {
      if let mode { _ = try run(["chmod", mode, final.string]) }
      var file = try TemporaryFile(in: root, prefix: "x-", permissions: 0o600)
      try file.takeAccess(of: final)
      try file.publish(at: final)
      #expect(try run(["stat", "-c", "%a", final.string]).text == wanted)
    }
    // Only root may change the owner of a file.
    guard try run(["id", "-u"]).text == "0" else { return }
    _ = try run(["chown", "12:34", final.string])
    var file = try TemporaryFile(in: root, prefix: "x-", permissions: 0o600)
    try file.takeAccess(of: final)
    try file.publish(at: final)
    #expect(try run(["stat", "-c", "%u:%g %a", final.string]).text == "12:34 604")
  }

  @Test func aNameIsTakenOnce() throws {
    let lock = root.appending("a.lock")
    let first = try TemporaryFile(making: lock, permissions: 0o666)
    #expect(throws: FileError("create", lock, .fileExists)) {
      _ = try TemporaryFile(making: lock, permissions: 0o666)
    }
    #expect(try fileExists(lock), "whoever came too late removes nothing")
    #expect(first.path == lock)
  }

  @Test func aFileThatCannotBeMadeIsNamed() throws {
    let missing = root.appending("a/b")
    #expect(throws: FileError("make", missing, .noSuchFileOrDirectory)) {
      _ = try TemporaryFile(in: missing, prefix: "x-")
    }
  }
}

@Suite struct SynchronizationTests {
  @Test func theFirstThatCannotBeSynchronisedIsNamed() throws {
    let folder = try TemporaryFolder()
    let (reader, writer) = try FileDescriptor.pipe()
    defer {
      try? reader.close()
      try? writer.close()
    }
    let file = try OpenFile(makingAndAppendingTo: FilePath(folder.path).appending("file"))
    let good = WrittenFile(file.descriptor, at: file.path)
    var isDone = false
    try synchronize([good, good, good]) { isDone = true }
    #expect(isDone)
    #expect(throws: FileError("synchronize", "first", .invalidArgument)) {
      try synchronize([good, WrittenFile(reader, at: "first"), WrittenFile(writer, at: "second"), good])
    }
    #expect(throws: FileError.self) { try synchronizeFolder(file.path) }
  }
}

@Suite struct AdvisoryLockTests {
  @Test func aLockIsSharedOrHeldAlone() throws {
    let folder = try TemporaryFolder()
    let path = FilePath(folder.path).appending("lock")
    if try AdvisoryLock(present: path) != nil { Issue.record("nothing is there") }
    let first = try AdvisoryLock(making: path)
    let second = try AdvisoryLock(making: path)
    #expect(try first.attempt(.shared))
    #expect(try second.attempt(.shared))
    #expect(try !second.attempt(.exclusive))
    first.release()
    #expect(try second.attempt(.exclusive))
    #expect(try !first.attempt(.shared))
    #expect(throws: FileError("open", FilePath(folder.path), .isDirectory)) {
      _ = try AdvisoryLock(making: FilePath(folder.path))
    }
  }
}
