/// The part of a repository's format that is not supported.
public enum UnsupportedFormat: Hashable, Sendable {
  /// Object ids that are not SHA-1.
  case objectFormat(String)
  /// References that are not kept in files, as in `reftable`.
  case referenceStorage(String)
  /// An unknown extension.
  case `extension`(String)
  /// A version above 1.
  case version(String)
}

/// The format that a repository's own variables state.
///
/// Source: git's documentation of `core.repositoryFormatVersion` and of `extensions.*` in git-config: a program must
/// not touch a repository with an extension that it does not know.
enum RepositoryFormat {
  /// Extensions that do not change how objects and references are read and written.
  private static let harmless: Set<String> = [
    "noop", "noop-v1", "partialclone", "preciousobjects", "relativeworktrees", "worktreeconfig",
  ]

  /// Checks whether a repository can be read.
  ///
  /// - Throws: `GitError` with `.unsupported`.
  static func check(_ configuration: [Configuration.Entry]) throws(GitError) {
    for entry in configuration {
      if let format = unsupported(entry) {
        throw GitError(.unsupported(format), "\(entry.name) is \(entry.value)")
      }
    }
  }

  /// Returns whether a repository is a partial clone, with a remote that promises the missing objects.
  static func isPartialClone(_ configuration: [Configuration.Entry]) -> Bool {
    configuration.contains { entry in
      entry.name == "extensions.partialclone"
        || entry.name.hasPrefix("remote.") && entry.name.hasSuffix(".promisor") && entry.value != "false"
    }
  }

  private static func unsupported(_ entry: Configuration.Entry) -> UnsupportedFormat? {
    if entry.name == "core.repositoryformatversion" {
      return ["", "0", "1"].contains(entry.value) ? nil : .version(entry.value)
    }
    let prefix = "extensions."
    guard entry.name.hasPrefix(prefix) else { return nil }
    switch entry.name.dropFirst(prefix.count) {
    case "objectformat": return entry.value == "sha1" ? nil : .objectFormat(entry.value)
    case "refstorage": return entry.value == "files" ? nil : .referenceStorage(entry.value)
    case let name: return harmless.contains(String(name)) ? nil : .extension(String(name))
    }
  }
}
