internal import HTTPServing
internal import HTTPTypes
internal import Logging
internal import ModuleStore
internal import Synchronization

/// Decides who may make requests: everybody, or only clients with a valid key.
final class AccessControl: Sendable {
  /// The keys that were given when the server started; nil if none were given.
  private let given: AccessKeys?
  /// Whether the server has no keys, so that every client may do everything.
  let isOpen: Bool
  private let state: Mutex<State>
  private let logger: Logger

  /// Creates the access control, and reads the keys.
  ///
  /// - Parameters:
  ///   - keys: The keys that were given when the server started; nil if none were given.
  ///   - file: The file of keys, which is re-read when it changes; nil if there is none.
  ///   - logger: Gets a warning if a changed file cannot be read.
  /// - Throws: `AccessError` if the file cannot be read.
  init(_ keys: AccessKeys?, _ file: AccessFile?, _ logger: Logger) throws(AccessError) {
    given = keys
    isOpen = keys == nil && file == nil
    var file = file
    let known = try file?.currentKeys() ?? AccessKeys()
    state = Mutex(State(file: file, known: known))
    self.logger = logger
  }

  private struct State {
    /// The file of keys; nil if there is none.
    var file: AccessFile?
    /// The keys of the file when it was last read successfully.
    var known: AccessKeys
  }

  /// Returns the rights of a request.
  ///
  /// - Parameters:
  ///   - secret: The key that the client sent; nil if it sent none.
  ///   - method: The method of the request.
  ///   - now: The current time.
  /// - Returns: The rights; nil if the key is unknown, has expired, or does not allow the method.
  func authority(of secret: String?, method: String, at now: Timestamp) -> Authority? {
    guard !isOpen else { return Authority(key: nil) }
    guard let secret, let key = keys.key(for: secret.utf8), !key.isExpired(at: now),
      key.allows(method: method)
    else {
      return nil
    }
    return Authority(key: key)
  }

  /// The current keys. If the file has become unreadable, the keys that were last read from it stay valid.
  private var keys: AccessKeys {
    var keys = given ?? AccessKeys()
    state.withLock { state in
      do throws(AccessError) {
        if let current = try state.file?.currentKeys() { state.known = current }
      } catch {
        logger.warning("the keys cannot be read again", metadata: ["error": "\(error)"])
      }
      keys.add(state.known)
    }
    return keys
  }
}

/// The rights of a request.
struct Authority: Sendable {
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
    if let path = key?.path { throw refusal("more than \(path)") }
  }

  /// Checks that the key allows the whole store.
  ///
  /// - Throws: `HTTPFailure` with 403 if it is limited to a path or to some branches.
  func requireWholeStore() throws(HTTPFailure) {
    if key?.isForWholeStore == false { throw refusal("the whole store") }
  }

  private func refusal(_ what: String) -> HTTPFailure {
    HTTPFailure(.forbidden, "refused", "the key is not for \(what)")
  }
}
