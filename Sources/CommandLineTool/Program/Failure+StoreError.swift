internal import HTTPServing
internal import KVSync
internal import Identifiers
internal import KVServer
internal import ModuleStore
internal import NATSCore
internal import NATSJetStream
internal import NATSKeyValue
internal import NATSObjectStore
internal import SystemPackage
internal import StoreJSON
internal import StoreServer
internal import WorkersKV
internal import Wrangler

extension Failure {
  /// Describes the error of a run.
  init(_ error: any Error) {
    switch error {
    case let failure as Failure: self = failure
    case let error as StoreError: self.init(error)
    case let error as ListeningFailure: self.init(error)
    case let error as CertificateFailure: self.init(.invalidInput, "\(error)")
    case let error as AccessError: self.init(error)
    case let error as KVError: self.init(error)
    case let error as NATSError: self.init(Failure.code(error), "\(error)")
    case let error as JetStreamError: self.init(Failure.code(error), "\(error)")
    case let error as KeyValueError: self.init(error)
    case let error as ObjectStoreError: self.init(error)
    case let error as PublishError: self.init(error)
    case let error as AssetError: self.init(error)
    case let error as WranglerError: self.init(.invalidInput, "\(error)")
    case let error as KVServerError: self.init(error)
    default: self.init(.failed, "\(error)")
    }
  }

  /// Describes an error of a store.
  init(_ error: StoreError) {
    self.init(Code(error), error.message, hint: error.hint)
    if case .invalidModules(let found, _) = error { invalid = found }
    if case .policyRefused(_, let found) = error { violations = found }
    if case .invalidModule(let source, _, _) = error { detail = "in \(source)" }
    if case .mergeConflict(let found) = error {
      conflicts = found.conflicts.map { ConflictLine(conflict: $0, from: found.from, into: found.into.name) }
    }
  }

  /// Describes why keys cannot be read or changed.
  init(_ error: AccessError) {
    let code: Code
    switch error {
    case .invalidEntry, .invalidLine: code = .invalidInput
    case .noFile, .keyNotFound: code = .notFound
    case .keyExists: code = .exists
    case .locked: code = .locked
    case .system: code = .failed
    }
    self.init(code, "\(error)", hint: error.hint)
  }

  /// Describes why a request to a publishing service failed.
  init(_ error: KVError) {
    let code: Code
    switch error {
    case .invalidTarget: code = .usage
    case .refused: code = .remoteRefused
    case .noNamespace, .notFound: code = .notFound
    case .tooLarge, .changed: code = .invalidInput
    case .failed, .unreadable, .late, .unreachable, .incomplete: code = .remoteFailed
    }
    self.init(code, "\(error)", hint: error.hint)
  }

  private static func code(_ error: NATSError) -> Code {
    switch error {
    case .unauthorized, .forbidden: .remoteRefused
    case .invalidURL, .invalidSubject, .invalidHeader, .payloadTooLarge, .credentials: .invalidInput
    case .cancelled: .interrupted
    case .unreachable, .refused, .malformed, .reported, .unsupported, .disconnected, .closed, .timedOut,
      .noResponders,
      .slowConsumer:
      .remoteFailed
    }
  }

  private static func code(_ error: JetStreamError) -> Code {
    switch error {
    case .client(let error): code(error)
    case .streamNotFound: .notFound
    case .invalidName: .invalidInput
    case .refused, .unavailable, .noStream, .wrongLastSequence, .unreadable, .ignored: .remoteFailed
    }
  }

  /// Describes why keys of a NATS server were not stored or read.
  init(_ error: KeyValueError) {
    let code: Code
    switch error {
    case .jetStream(let error): code = Failure.code(error)
    case .bucketNotFound, .bucketDeleted: code = .notFound
    case .keyExists, .wrongLastRevision: code = .moved
    case .invalidBucket, .invalidKey, .invalidPattern, .historyTooLong, .invalidTimeToLive,
      .timeToLiveNotAllowed, .limitMarkersNotSupported, .atomicPublishNotAllowed, .bucketExists, .notABucket,
      .valueTooLarge:
      code = .invalidInput
    case .bucketFull: code = .remoteFailed
    }
    self.init(code, "\(error)")
  }

  /// Describes why objects of a NATS server were not stored or read.
  init(_ error: ObjectStoreError) {
    let code: Code
    switch error {
    case .jetStream(let error): code = Failure.code(error)
    case .bucketNotFound, .notFound: code = .notFound
    case .invalidName, .bucketExists, .isLink, .linkInContent: code = .invalidInput
    case .exists, .changed: code = .moved
    case .damaged, .unreadable: code = .damaged
    }
    self.init(code, "\(error)")
  }

  /// Describes why a publish, a rollback or a prune failed.
  init(_ error: PublishError) {
    let code: Code
    switch error {
    case .unreadableHead, .unreadableManifest: code = .damaged
    case .late, .leftBehind, .moved: code = .moved
    case .empty, .belowFloor, .needsOffline, .otherHeads: code = .refused
    case .leaseLost: code = .remoteFailed
    case .pruning: code = .locked
    case .reservedPath, .manifest: code = .invalidInput
    case .unpublished, .nothingToRollBack, .nothingPublished, .unknownRevision, .noFile: code = .notFound
    }
    self.init(code, "\(error)", hint: error.hint)
  }

  /// Describes why the files of a folder cannot be published.
  init(_ error: AssetError) {
    let code: Code
    switch error {
    case .noFolder: code = .notFound
    case .changed: code = .failed
    case .notUTF8, .tooLarge, .longKey, .inChunks, .noManifest: code = .invalidInput
    }
    self.init(code, "\(error)", hint: error.hint)
  }

  /// Describes why a server of values does not start.
  init(_ error: KVServerError) {
    let code: Code
    switch error {
    case .damaged: code = .damaged
    case .inUse: code = .locked
    case .database, .system: code = .failed
    case .noToken: code = .invalidInput
    }
    self.init(code, "\(error)")
  }

  /// Describes why a server does not listen.
  init(_ error: ListeningFailure) {
    let code: Code
    switch error {
    case .notAnAddress: code = .invalidInput
    case .refused: code = .failed
    }
    self.init(code, "\(error)", hint: error.hint)
  }
}
