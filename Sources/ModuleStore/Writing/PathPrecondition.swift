internal import Catalog
internal import Git
public import Identifiers

/// A condition on the contents of a path that must hold before the path is changed.
public enum PathPrecondition: Hashable, Sendable {
  /// Nothing.
  case absent
  /// Anything.
  case present
  /// A module with one of these hashes.
  case oneOf([ModuleDigest])
  /// Nothing, or a module with none of these hashes.
  case noneOf([ModuleDigest])
}

extension StoreSession {
  /// Tests the entry at a path of a change's tree.
  ///
  /// - Throws: `StoreError.expectationFailed`.
  func test(
    _ expectation: PathPrecondition, at path: ModulePath, in editor: TreeEditor
  ) throws(StoreError) {
    let entry = try translated { () throws(GitError) in try editor.entry(at: path.names) }
    var found: ModuleDigest?
    if let entry, entry.mode == .file {
      found = try facts(ofBlob: entry.id).digest
    }
    let isMet =
      switch expectation {
      case .absent: entry == nil
      case .present: entry != nil
      case .oneOf(let digests): found.map { digests.contains($0) } ?? false
      case .noneOf(let digests): !(found.map { digests.contains($0) } ?? false)
      }
    if !isMet { throw .expectationFailed(path: path, expected: expectation.words, found: found) }
  }
}

extension PathPrecondition {
  /// The name in messages.
  fileprivate var words: String {
    switch self {
    case .absent: "no module"
    case .present: "a module"
    case .oneOf(let digests): digests.map(\.hex).joined(separator: " or ")
    case .noneOf(let digests): "a module other than " + digests.map(\.hex).joined(separator: " or ")
    }
  }
}
