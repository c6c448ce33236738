import Testing

@testable import FileSystem

/// Modes of new files and folders, as in git-config, `core.sharedRepository`.
@Suite struct SharedAccessTests {
  @Test(
    arguments: [
      ("umask", 0o022, 0o644, 0o755), ("false", 0o077, 0o600, 0o700), ("0", 0o022, 0o644, 0o755),
      ("group", 0o022, 0o664, 0o775), ("true", 0o077, 0o660, 0o770), ("1", 0o077, 0o660, 0o770),
      ("", 0o022, 0o664, 0o775), ("Yes", 0o022, 0o664, 0o775),
      ("all", 0o077, 0o664, 0o775), ("world", 0o022, 0o664, 0o775), ("everybody", 0o027, 0o664, 0o775),
      ("2", 0o022, 0o664, 0o775), ("0640", 0o022, 0o640, 0o750), ("0660", 0o022, 0o660, 0o770),
      ("0666", 0o077, 0o666, 0o777), ("0600", 0o000, 0o600, 0o700), ("0755", 0o022, 0o644, 0o755),
    ] as [(String, UInt32, UInt32, UInt32)])
  func `decides on files and folders`(value: String, umask: UInt32, file: UInt32, folder: UInt32) throws {
    let mask = try #require(SharedAccess(parsing: value)).mask(insteadOf: umask)
    #expect(0o666 & ~mask == file)
    #expect(0o777 & ~mask == folder)
    #expect(0o444 & ~mask == file & 0o444, "objects are read-only")
  }

  @Test(arguments: ["some", "0440", "0060", "09", "-1", "group "])
  func `refuses what git refuses`(value: String) { #expect(SharedAccess(parsing: value) == nil) }
}
