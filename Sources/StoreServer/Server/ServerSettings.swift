public import HTTPServing
public import ModuleStore

/// The settings of a server.
public struct ServerSettings: Sendable {
  /// The branch of requests that name none; nil for the branch that HEAD names.
  public var branch: BranchName?
  /// The author of commits if the key has no name; nil for the author in the store's settings.
  public var author: Author?
  /// Whether the server refuses every change.
  public var isReadOnly = false
  /// The maximum size of a request's body in bytes.
  public var bodyLimit = 1 << 30
  /// The keys that were given when the server started; nil if none were.
  ///
  /// Without any keys, every client may do everything.
  public var keys: AccessKeys?
  /// The file of keys, which is re-read when it changes; nil if there is none.
  public var keyFile: AccessFile?
  /// The web pages that may use the server from a browser.
  public var crossOrigin = CrossOrigin.none
  /// The host name of an open server that listens only on a loopback address; nil if every name is allowed.
  public var ownHost: String?
  /// The destination of the access log; nil for no log.
  public var accessLog: AccessLogTarget?
  /// The certificate for TLS; nil for connections without TLS.
  public var certificate: ServerCertificate?
  /// The clock, messages, progress and cancellation of each call of the store.
  public var work = Work()

  /// Creates the settings of an open server.
  public init() {}
}
