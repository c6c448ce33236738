internal import Clibgit2
internal import FileSystem
public import SystemPackage

/// A file in git's configuration syntax (git-config, "FILES" and "SYNTAX").
public struct Configuration {
  /// The file, which may not exist.
  public let path: FilePath

  /// One variable of the file.
  public struct Entry: Hashable, Sendable {
    /// Section, subsection and name, joined by dots; section and name in lower case.
    public let name: String
    /// The value as it is written; an empty string if the file has none.
    public let value: String
  }

  /// Sets the file; nothing is read yet.
  public init(path: FilePath) { self.path = path }

  /// The variables in the order of the file.
  ///
  /// - Throws: `GitError` if the file cannot be read or parsed.
  public func entries() throws(GitError) -> [Entry] {
    let handle = try open()
    return try Configuration.entries(of: handle.raw)
  }

  static func entries(of configuration: OpaquePointer) throws(GitError) -> [Entry] {
    let collector = EntryCollector()
    try check(
      git_config_foreach(
        configuration,
        { entry, payload in
          guard let entry, let payload, let name = entry.pointee.name else { return 0 }
          let value = entry.pointee.value.map { String(cString: $0) } ?? ""
          Unmanaged<EntryCollector>.fromOpaque(payload).takeUnretainedValue().entries
            .append(Entry(name: String(cString: name), value: value))
          return 0
        }, Unmanaged.passUnretained(collector).toOpaque()))
    return collector.entries
  }

  /// Writes one variable; nil removes it.
  ///
  /// - Throws: `GitError` with `.locked` while another process writes the file, `.invalidName` for a name that git
  ///   refuses.
  public func set(_ name: String, to value: String?) throws(GitError) {
    let handle = try open()
    guard let value else {
      // Even if the file has it several times.
      do { try check(git_config_delete_multivar(handle.raw, name, ".*")) } catch
        where error.code == .notFound
      {}
      return
    }
    try check(git_config_set_string(handle.raw, name, value))
  }

  /// Adds a value to a variable that may have several values, unless it has this value.
  ///
  /// - Throws: As `set`.
  public func add(_ value: String, to name: String) throws(GitError) {
    if try entries().contains(where: { $0.name == name.lowercased() && $0.value == value }) { return }
    let handle = try open()
    // A pattern that no value matches, so that no value is replaced.
    try check(git_config_set_multivar(handle.raw, name, "^$.", value))
  }

  /// Opens the file; a missing file is empty.
  ///
  /// - Throws: `GitError` with `.system` if it cannot be read.
  func open() throws(GitError) -> Handle<ConfigurationKind> {
    try Library.prepare()
    do throws(FileError) { try requireAccess(.read, to: path) } catch {
      guard error.isAbsence else { throw GitError(error) }
    }
    return try Handle<ConfigurationKind> { git_config_open_ondisk(&$0, path.string) }
  }
}

/// Collects variables with a C callback, which cannot capture.
private final class EntryCollector {
  var entries: [Configuration.Entry] = []
}
