public import HTTPServing
internal import HTTPTypes
internal import Hummingbird
public import Logging
public import ModuleStore

/// A server of a store over HTTP (Documentation/http-api.md).
public struct StoreService: Sendable {
  private let served: ServedStore
  private let service: HTTPService
  private let log: AccessLog?
  private let logger: Logger

  /// The addresses on which the server listens, with their ports.
  public var addresses: [ListeningAddress] { service.addresses }

  /// Starts to listen.
  ///
  /// Call `run` to answer requests.
  ///
  /// - Parameters:
  ///   - store: The store, which must exist and keep its connections.
  ///   - addresses: The addresses to listen on.
  ///   - settings: The settings.
  ///   - logger: Gets the errors of the server.
  /// - Throws: `ListeningFailure` if the system refuses an address; `CertificateFailure`; `AccessError`; `StoreError`
  ///   if the log cannot be written.
  public init(
    of store: Store, listeningAt addresses: [ListeningAddress], _ settings: ServerSettings, logger: Logger
  ) async throws {
    self.logger = logger
    served = ServedStore(store, settings)
    log = try settings.accessLog.map { target throws(StoreError) in try AccessLog(target, logger) }
    let access = try AccessControl(settings.keys, settings.keyFile, logger)
    let responder = StoreResponder(
      served: served, routes: StoreService.routes(of: served), access: access,
      crossOrigin: settings.crossOrigin,
      hosts: HostNames(own: access.isOpen ? settings.ownHost : nil), log: log)
    service = try await HTTPService(
      listeningAt: addresses, responder: responder, webSocketRouter: { await responder.watcher(for: $0) },
      certificate: settings.certificate, logger: logger)
  }

  /// Answers requests until SIGTERM or SIGINT.
  ///
  /// Running requests are finished first. SIGHUP re-reads the certificate.
  ///
  /// - Parameter whenServing: Called once, when the server accepts connections.
  /// - Throws: The error of `whenServing`, which stops the server.
  public func run(whenServing: @escaping @Sendable () throws -> Void = {}) async throws {
    try await service.run(whenServing: whenServing) { [service, logger] in
      do { try service.reloadCertificate() } catch {
        logger.error(
          "cannot reload the certificate; the old one stays in use", metadata: ["error": "\(error)"])
      }
    }
    served.settings.work.cancellation.cancel()
    try await served.end()
    try await log?.end()
  }

  private static func routes(of served: ServedStore) -> RouterResponder<StoreRequestContext> {
    let router = Router(context: StoreRequestContext.self)
    register(served, in: StoreRoutes(router))
    return router.buildResponder()
  }

  /// Registers all routes.
  static func register(_ served: ServedStore, in table: StoreRoutes) {
    ModuleRoutes(served: served).register(in: table)
    HistoryRoutes(served: served).register(in: table)
    BranchRoutes(served: served).register(in: table)
    InspectionRoutes(served: served).register(in: table)
    TagRoutes(served: served).register(in: table)
    BatchRoutes(served: served).register(in: table)
    WatchRoutes(served: served).register(in: table)
    ServerRoutes(served: served).register(in: table)
    PageRoutes(served: served).register(in: table)
  }
}
