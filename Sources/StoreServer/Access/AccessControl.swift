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
  func rights(of secret: String?, method: String, at now: Timestamp) -> AccessRights? {
    guard !isOpen else { return AccessRights(key: nil) }
    guard let secret, let key = keys.key(for: secret.utf8), !key.isExpired(at: now),
      key.allows(method: method)
    else {
      return nil
    }
    return AccessRights(key: key)
  }

  /// The current keys. If the file has become unreadable, the keys that were last read from it stay valid.
  private var keys: AccessKeys {
    var keys = given ?? AccessKeys()
    state.withLock { state in
      do throws(AccessError) {
        if let current = try state.file?.currentKeys() { state.known = current }
      } catch {
        logger.warning("cannot reload the file of keys", metadata: ["error": "\(error)"])
      }
      keys.add(state.known)
    }
    return keys
  }
}
