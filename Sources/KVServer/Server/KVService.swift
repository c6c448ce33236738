internal import FileSystem
public import HTTPServing
internal import Hummingbird
public import Logging
internal import SQLite
public import SystemPackage

/// A server with the REST interface of Workers KV that also keeps the heads of published stores (Documentation/cli.md).
public struct KVService: Sendable {
  private let served: ServedStorage
  private let service: HTTPService
  /// The lock that the server holds while it runs, so that no other server uses the file.
  private let lock: Lock?

  /// A lock that copies of the service share.
  private final class Lock: Sendable {
    let lock: AdvisoryLock
    init(_ lock: consuming AdvisoryLock) { self.lock = lock }
  }

  /// The addresses on which the server listens, with their ports.
  public var addresses: [ListeningAddress] { service.addresses }

  /// Opens the database and starts to listen.
  ///
  /// Call `run` to answer requests.
  ///
  /// - Parameters:
  ///   - data: The path of the database, which is created if it does not exist; nil for a database in memory.
  ///   - tokens: The tokens that give access; nil if everybody has access.
  ///   - faults: The faults to inject; nil for none.
  ///   - addresses: The addresses to listen on.
  ///   - logger: Gets the errors of the server.
  /// - Throws: `KVServerError`; `ListeningFailure` if the system refuses an address.
  public init(
    of data: FilePath?, tokens: AccessTokens?, faults: FaultPlan? = nil,
    listeningAt addresses: [ListeningAddress], logger: Logger
  ) async throws {
    lock = try data.map { data throws(KVServerError) in try KVService.lock(data) }
    served = ServedStorage(at: data, faults)
    do { try await served.open() } catch let error as DatabaseError {
      throw KVServerError(error, at: data?.string ?? ":memory:")
    }
    let responder = KVResponder(
      tokens: tokens, values: KVService.routesOfValues(served), heads: KVService.routesOfHeads(served))
    if let faults = served.faults {
      service = try await HTTPService(
        listeningAt: addresses, responder: FaultInjectingResponder(inner: responder, faults: faults),
        logger: logger)
    } else {
      service = try await HTTPService(listeningAt: addresses, responder: responder, logger: logger)
    }
  }

  /// Answers requests until SIGTERM or SIGINT.
  ///
  /// Running requests are finished first.
  ///
  /// - Parameter whenServing: Called once, when the server accepts connections.
  /// - Throws: The error of `whenServing`, which stops the server.
  public func run(whenServing: @escaping @Sendable () throws -> Void = {}) async throws {
    try await service.run(whenServing: whenServing)
    try await served.end()
  }

  /// Locks a file beside the database.
  ///
  /// A lock on the database itself would need a second descriptor, and closing that would release SQLite's own locks.
  private static func lock(_ data: FilePath) throws(KVServerError) -> Lock {
    let path = FilePath(data.string + ".lock")
    let isFree: Bool
    let lock: Lock
    do throws(FileError) {
      lock = Lock(try AdvisoryLock(making: path))
      isFree = try lock.lock.attempt(.exclusive)
    } catch {
      throw .system(what: error.summary, reason: "\(error.reason)")
    }
    guard isFree else { throw .inUse(data.string) }
    return lock
  }

  private static func routesOfValues(_ served: ServedStorage) -> RouterResponder<BasicRequestContext> {
    let router = Router(context: BasicRequestContext.self)
    let table = KVRoutes(router)
    NamespaceRoutes(served: served).register(in: table)
    ValueRoutes(served: served).register(in: table)
    BulkRoutes(served: served).register(in: table)
    return router.buildResponder()
  }

  private static func routesOfHeads(_ served: ServedStorage) -> RouterResponder<BasicRequestContext> {
    let router = Router(context: BasicRequestContext.self)
    HeadRoutes(served: served).register(in: KVRoutes(router))
    return router.buildResponder()
  }
}
