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
  /// What goes along with each call of the store.
  public var work = Work()

  /// Makes the settings of an open server.
  public init() {}
}
