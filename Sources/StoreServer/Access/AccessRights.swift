internal import HTTPServing
internal import HTTPTypes
internal import ModuleStore

/// The rights of a request.
struct AccessRights: Sendable {
  /// The key of the request; nil if the server has no keys.
  let key: AccessKey?

  /// Whether responses may be cached only for this client.
  var isPrivate: Bool { key != nil }

  /// Returns whether the request may see a path.
  func maySee(_ path: ModulePath) -> Bool { key?.allows(path: path) ?? true }

  /// Returns the part at and below a path that the request may see.
  ///
  /// - Parameter prefix: The path of a module or folder; nil for all.
  /// - Returns: The visible part; nil if the request may see none of it.
  func visiblePart(of prefix: ModulePath?) -> VisiblePart? {
    guard let own = key?.path else { return VisiblePart(prefix: prefix) }
    guard let prefix else { return VisiblePart(prefix: own) }
    if prefix.steps.starts(with: own.steps) { return VisiblePart(prefix: prefix) }
    return own.steps.starts(with: prefix.steps) ? VisiblePart(prefix: own) : nil
  }

  /// A part of a branch that a request may see.
  struct VisiblePart: Hashable, Sendable {
    /// The path of the part; nil for all.
    let prefix: ModulePath?
  }

  /// Checks that the key allows a branch.
  ///
  /// - Throws: `HTTPFailure` with 403 if it does not.
  func require(_ branch: BranchName) throws(HTTPFailure) {
    if let key, !key.allows(branch: branch) { throw refusal("branch \(branch)") }
  }

  /// Checks that the key allows a path.
  ///
  /// - Throws: `HTTPFailure` with 403 if it does not.
  func require(_ path: ModulePath) throws(HTTPFailure) {
    if !maySee(path) { throw refusal(path.description) }
  }

  /// Checks that the key allows all paths.
  ///
  /// - Throws: `HTTPFailure` with 403 if it is limited to a path.
  func requireAllPaths() throws(HTTPFailure) {
    if let path = key?.path { throw refusal("paths outside \(path)") }
  }

  /// Checks that the key allows the whole store.
  ///
  /// - Throws: `HTTPFailure` with 403 if it is limited to a path or to some branches.
  func requireWholeStore() throws(HTTPFailure) {
    if key?.isForWholeStore == false { throw refusal("the whole store") }
  }

  private func refusal(_ what: String) -> HTTPFailure {
    HTTPFailure(.forbidden, "refused", "the key does not allow access to \(what)")
  }
}
