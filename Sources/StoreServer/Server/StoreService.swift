public import HTTPServing
internal import HTTPTypes
internal import Hummingbird
public import Logging
public import ModuleStore

/// A server of a store over HTTP (Documentation/http-api.md).
public struct StoreService: Sendable {
  private let served: ServedStore
  private let service: HTTPService

  /// The addresses at which it listens, with their ports.
  public var addresses: [ListeningAddress] { service.addresses }

  /// Begins to listen. The server has to be run then.
  ///
  /// - Parameters:
  ///   - store: The store, which is there and keeps its connections.
  ///   - addresses: Where to listen.
  ///   - settings: What it goes by.
  ///   - logger: Where errors go.
  /// - Throws: `ListeningFailure` where the system refuses an address.
  public init(
    of store: Store, listeningAt addresses: [ListeningAddress], _ settings: ServerSettings, logger: Logger
  ) async throws {
    served = ServedStore(store, settings)
    let front = Front(served: served, routes: StoreService.routes(of: served))
    service = try await HTTPService(listeningAt: addresses, responder: front, logger: logger)
  }

  /// Answers requests until SIGTERM or SIGINT; those in flight are answered first.
  ///
  /// - Parameter whenServing: Called once, as soon as connections are taken.
  /// - Throws: The error of `whenServing`, which ends the server.
  public func run(whenServing: @escaping @Sendable () throws -> Void = {}) async throws {
    try await service.run(whenServing: whenServing)
    served.settings.work.cancellation.cancel()
    try await served.end()
  }

  private static func routes(of served: ServedStore) -> RouterResponder<StoreRequestContext> {
    let router = Router(context: StoreRequestContext.self)
    let table = RouteTable(router)
    ModuleRoutes(served: served).register(in: table)
    HistoryRoutes(served: served).register(in: table)
    BranchRoutes(served: served).register(in: table)
    return router.buildResponder()
  }
}
