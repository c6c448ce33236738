internal import HTTPServing
internal import HTTPTypes
internal import Hummingbird
internal import ModuleStore
internal import NIOCore

/// The routes of a store's server.
typealias StoreRoutes = RouteTable<StoreRequestContext>

/// The data about a request that is not in the request itself.
struct StoreRequestContext: RequestContext {
  var coreContext: CoreRequestContextStorage
  /// The connection.
  let channel: any Channel
  /// The id of the request in the access log.
  var requestID = ""
  /// The rights of the request.
  var rights = AccessRights(key: nil)

  init(source: ApplicationRequestContextSource) {
    coreContext = CoreRequestContextStorage(source: source)
    channel = source.channel
  }
}

extension Request {
  /// The branch that the request names; nil if it names none.
  ///
  /// - Throws: `StoreError.invalidName`.
  var namedBranch: BranchName? {
    get throws(StoreError) {
      try headers[.wasmstoreBranch].map { name throws(StoreError) in try BranchName(name) }
    }
  }
}
