internal import Git
internal import Glibc
public import SystemPackage

/// The git configuration that no repository can change: the trusted folders of other users.
///
/// Source: git-config, `safe.directory` and "SCOPES"; git's `ensure_valid_ownership`.
public struct ProtectedConfiguration: Hashable, Sendable {
  /// The files of the system and of the user, in the order in which git reads them.
  public var files: [FilePath]
  /// The values of `safe.directory` from other sources than files; they come last.
  public var safeDirectories: [String]
  /// The folder that `~` stands for.
  public var home: FilePath?
  /// The user who became root through sudo; root may also use the folders of this user.
  public var sudoUser: UInt32?

  /// Makes a configuration; without arguments it trusts no other user.
  public init(
    files: [FilePath] = [], safeDirectories: [String] = [], home: FilePath? = nil, sudoUser: UInt32? = nil
  ) {
    self.files = files
    self.safeDirectories = safeDirectories
    self.home = home
    self.sudoUser = sudoUser
  }

  /// Returns whether a repository of `owner` at `root` may be used.
  ///
  /// - Throws: `StoreError.failed` for a file that is not in git's syntax.
  func allows(_ root: FilePath, owner: UInt32) throws(StoreError) -> Bool {
    let user = geteuid()
    if owner == user || user == 0 && owner == sudoUser { return true }
    var isSafe = false
    for value in try values() {
      // An empty value cancels the values before it.
      isSafe = !value.isEmpty && (isSafe || matches(value, root))
    }
    return isSafe
  }

  private func values() throws(StoreError) -> [String] {
    var values: [String] = []
    for file in files {
      do throws(GitError) {
        for entry in try Configuration(path: file).entries() where entry.name == "safe.directory" {
          values.append(entry.value)
        }
      } catch {
        // As in git: after su, the file of the former user may be unreadable.
        guard error.code == .system(EACCES) else { throw StoreError(error) }
      }
    }
    return values + safeDirectories
  }

  private func matches(_ value: String, _ root: FilePath) -> Bool {
    if value == "*" { return true }
    var value = value
    if value.hasPrefix("~/"), let home { value = home.appending(String(value.dropFirst(2))).string }
    guard let root = resolved(root) else { return false }
    if value.hasSuffix("/*") {
      guard let folder = resolved(FilePath(String(value.dropLast(1)))) else { return false }
      return root != folder && root.starts(with: folder)
    }
    return resolved(FilePath(value)) == root
  }

  /// A path without links; nil if nothing exists there.
  private func resolved(_ path: FilePath) -> FilePath? {
    guard let text = realpath(path.string, nil) else { return nil }
    defer { free(text) }
    return FilePath(platformString: text)
  }
}
