public import HTTPServing
public import ModuleStore

/// What a server of a store goes by.
public struct ServerSettings: Sendable {
  /// The branch that requests use which name none; nil for the one that HEAD names.
  public var branch: BranchName?
  /// Who is named in commits by keys without a name; nil for whom the store's settings name.
  public var author: Author?
  /// Whether every change is refused.
  public var isReadOnly = false
  /// The most bytes of a request's body.
  public var bodyLimit = 1 << 30
  /// Keys that were given when the server began; nil where none were. Without keys everybody may do everything.
  public var keys: AccessKeys?
  /// A file of keys, which is read again whenever it changes.
  public var keyFile: AccessFile?
  /// Which pages of the web may use the server from a browser.
  public var crossOrigin = CrossOrigin.none
  /// The host by which an open server that listens on this machine alone is called; nil where every name will do.
  public var ownHost: String?
  /// Where a line for each request goes; nil where none is written.
  public var accessLog: AccessLogTarget?
  /// What makes connections secure; nil for connections that are not.
  public var certificate: ServerCertificate?
  /// What goes along with each call of the store.
  public var work = Work()

  /// Makes the settings of an open server.
  public init() {}
}
