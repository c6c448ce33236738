internal import HTTPServing
internal import HTTPTypes
internal import Logging
internal import ModuleStore
internal import Synchronization

/// Who may make requests: everybody, or whoever has a key.
final class AccessControl: Sendable {
  /// The keys that were given when the server began; nil where none were.
  private let given: AccessKeys?
  /// Whether everybody may do everything.
  let isOpen: Bool
  private let state: Mutex<State>
  private let logger: Logger

  /// Reads the keys.
  ///
  /// - Parameters:
  ///   - keys: Keys that were given when the server began; nil where none were.
  ///   - file: A file of keys, which is read again whenever it changes.
  ///   - logger: Is told why a changed file cannot be read.
  /// - Throws: `AccessError`.
  init(_ keys: AccessKeys?, _ file: AccessFile?, _ logger: Logger) throws(AccessError) {
    given = keys
    isOpen = keys == nil && file == nil
    var file = file
    let known = try file?.currentKeys() ?? AccessKeys()
    state = Mutex(State(file: file, known: known))
    self.logger = logger
  }

  private struct State {
    /// The file of keys; nil where there is none.
    var file: AccessFile?
    /// The keys of the file as they could last be read.
    var known: AccessKeys
  }

  /// What a request may do.
  ///
  /// - Parameters:
  ///   - secret: The key that the client shows; nil where it shows none.
  ///   - method: The method of the request.
  ///   - now: The present moment.
  /// - Returns: What it may do; nil where the key is unknown, has expired, or is not for the method.
  func authority(of secret: String?, method: String, at now: Timestamp) -> Authority? {
    guard !isOpen else { return Authority(key: nil) }
    guard let secret, let key = keys.key(for: secret.utf8), !key.isExpired(at: now),
      key.allows(method: method)
    else {
      return nil
    }
    return Authority(key: key)
  }

  /// The keys that count now. Where the file has become unreadable, those that were in it count on.
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

/// What a request may do.
struct Authority: Sendable {
  /// The key that it shows; nil where the server has no keys.
  let key: AccessKey?

  /// Whether answers are for one client alone.
  var isPrivate: Bool { key != nil }

  /// Tells whether it may see a path.
  func maySee(_ path: ModulePath) -> Bool { key?.allows(path: path) ?? true }

  /// The part that it may see of what is at and below a path.
  ///
  /// - Parameter prefix: The path; nil for all.
  /// - Returns: The path of that part, nil for all; nothing where it may see none of it.
  func visiblePart(of prefix: ModulePath?) -> VisiblePart? {
    guard let own = key?.path else { return VisiblePart(prefix: prefix) }
    guard let prefix else { return VisiblePart(prefix: own) }
    if prefix.steps.starts(with: own.steps) { return VisiblePart(prefix: prefix) }
    return own.steps.starts(with: prefix.steps) ? VisiblePart(prefix: own) : nil
  }

  /// A part of a branch that may be seen.
  struct VisiblePart: Hashable, Sendable {
    /// Its path; nil for all.
    let prefix: ModulePath?
  }

  /// - Throws: `HTTPFailure` with 403 where the key is not for the branch.
  func require(_ branch: BranchName) throws(HTTPFailure) {
    if let key, !key.allows(branch: branch) { throw refusal("branch \(branch)") }
  }

  /// - Throws: `HTTPFailure` with 403 where the key is not for the path.
  func require(_ path: ModulePath) throws(HTTPFailure) {
    if !maySee(path) { throw refusal(path.description) }
  }

  /// - Throws: `HTTPFailure` with 403 where the key is for some paths only.
  func requireAllPaths() throws(HTTPFailure) {
    if let path = key?.path { throw refusal("more than \(path)") }
  }

  /// - Throws: `HTTPFailure` with 403 where the key is for some paths or branches only.
  func requireWholeStore() throws(HTTPFailure) {
    if key?.isForWholeStore == false { throw refusal("the whole store") }
  }

  private func refusal(_ what: String) -> HTTPFailure {
    HTTPFailure(.forbidden, "refused", "the key is not for \(what)")
  }
}
