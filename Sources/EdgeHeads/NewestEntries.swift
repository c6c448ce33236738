internal import ByteText

/// A revision of a log, as a JSON object.
final class LogEntry {
  let revision: Int64
  let text: Bytes
  private let memory = Memory()

  /// Creates an entry with a copy of its text.
  init(_ revision: Int64, _ text: Bytes) {
    self.revision = revision
    self.text = memory.copy(text)
  }
}

/// The newest entries of the log of a head.
final class NewestEntries {
  let name: HeadName
  /// The entries, the newest first.
  var entries: Linked<LogEntry>?
  private let memory = Memory()

  /// Creates a list without entries, with a copy of the name.
  init(_ name: HeadName) {
    self.name = HeadName(store: memory.copy(name.store), branch: memory.copy(name.branch))
  }
}
