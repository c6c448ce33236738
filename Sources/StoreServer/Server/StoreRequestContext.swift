internal import HTTPServing
internal import HTTPTypes
internal import Hummingbird
internal import ModuleStore
internal import NIOCore

/// The routes of a store's server.
typealias StoreRoutes = RouteTable<StoreRequestContext>

/// What is known of a request besides what it says.
struct StoreRequestContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  /// The connection.
  let channel: any Channel
  /// The name of the request in the access log.
  var requestID = ""
  /// What it may do.
  var authority = Authority(key: nil)

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    channel = source.channel
  }
}

extension Request {
  /// The branch that the request names; nil where it names none.
  ///
  /// - Throws: `StoreError.invalidName`.
  var namedBranch: BranchName? {
    get throws(StoreError) {
      try headers[.wasmstoreBranch].map { name throws(StoreError) in try BranchName(name) }
    }
  }
}
