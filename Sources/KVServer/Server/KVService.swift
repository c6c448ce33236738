internal import FileSystem
public import HTTPServing
internal import Hummingbird
public import Logging
internal import SQLite
public import SystemPackage

/// A server that speaks the REST interface of Workers KV, and keeps the heads of what is published there
/// (Documentation/cli.md).
public struct KVService: Sendable {
  private let served: ServedStorage
  private let service: HTTPService
  /// Held as long as the server runs, that no other one uses the file.
  private let lock: Lock?

  /// A lock that is shared by copies of the service.
  private final class Lock: Sendable {
    let lock: AdvisoryLock
    init(_ lock: consuming AdvisoryLock) { self.lock = lock }
  }

  /// The addresses at which it listens, with their ports.
  public var addresses: [ListeningAddress] { service.addresses }

  /// Opens the database and begins to listen. The server has to be run then.
  ///
  /// - Parameters:
  ///   - data: The file of the database, which is made where it is missing; nil for memory.
  ///   - tokens: Who is let in; nil for everybody.
  ///   - faults: What goes wrong on purpose; nil for nothing.
  ///   - addresses: Where to listen.
  ///   - logger: Where errors go.
  /// - Throws: `KVServerError`, `ListeningFailure` where the system refuses an address.
  public init(
    of data: FilePath?, tokens: AccessTokens?, faults: FaultPlan? = nil,
    listeningAt addresses: [ListeningAddress], logger: Logger
  ) async throws {
    lock = try data.map { data throws(KVServerError) in try KVService.lock(data) }
    served = ServedStorage(at: data, faults)
    do { try await served.open() } catch let error as DatabaseError {
      throw KVServerError(error, at: data?.string ?? ":memory:")
    }
    let front = KVFront(
      tokens: tokens, values: KVService.routesOfValues(served), heads: KVService.routesOfHeads(served))
    if let faults = served.faults {
      service = try await HTTPService(
        listeningAt: addresses, responder: FaultyFront(inner: front, faults: faults), logger: logger)
    } else {
      service = try await HTTPService(listeningAt: addresses, responder: front, logger: logger)
    }
  }

  /// Answers requests until SIGTERM or SIGINT; those in flight are answered first.
  ///
  /// - Parameter whenServing: Called once, as soon as connections are taken.
  /// - Throws: The error of `whenServing`, which ends the server.
  public func run(whenServing: @escaping @Sendable () throws -> Void = {}) async throws {
    try await service.run(whenServing: whenServing)
    try await served.end()
  }

  /// Locks a file beside the database: a second descriptor of the database, once closed, would drop SQLite's own locks.
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
