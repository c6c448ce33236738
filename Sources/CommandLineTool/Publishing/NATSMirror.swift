internal import Identifiers
internal import KVSync
internal import ModuleStore
internal import NATSCore
internal import NATSJetStream
internal import NATSKeyValue
internal import NIOCore
internal import StoreJSON

/// A key-value bucket with a key for each path of a published branch, for clients that read and watch single paths
/// (Documentation/nats.md, "Mirror"). It follows the head, and is created only from data at the target.
struct NATSMirror {
  /// The requested properties of a mirror. Those that are nil stay as they are.
  struct Request {
    let bucket: String
    var inlineLimit: Int?
    var keys: NATSKey.Style?
  }

  /// The result of an update, or of a dry run.
  struct Outcome {
    let bucket: String
    /// The manifest that it contained before; nil for none.
    let before: ModuleDigest?
    /// The manifest that it contains now.
    let manifest: ModuleDigest
    var stored: [(key: String, size: Int, path: [UInt8])] = []
    var removed: [String] = []
    /// Whether anything was written, or would be written.
    var isChange = true
    /// The number of requests that a dry run would send in addition.
    var requests = 0
  }

  /// The present state of a mirror.
  struct Found {
    /// The bucket; nil if it is missing.
    var store: KeyValueStore?
    var status: KeyValueStatus?
    /// Whether the server supports batches, even if the bucket does not allow them yet.
    var hasBatches = false
    /// The value of the head's key and its revision; 0 if it has none.
    var head: (value: MirrorHead?, revision: Int64) = (nil, 0)
    /// All other keys.
    var held: [String: MirrorPlan.Held] = [:]

    /// Whether to configure the bucket to allow batches.
    var wantsBatches: Bool { store?.allowsAtomicPublish == false && hasBatches }
  }

  let request: Request
  let buckets: NATSBuckets
  let target: PublishTarget
  let manifests: PublishedManifest
  /// The head that it follows.
  let name: HeadName
  let work: Work

  /// The maximum number of tries if somebody else wrote, or the outcome is not known.
  private static let attempts = 8
  /// The number of values per key that a new bucket keeps.
  private static let history = 5
  /// The lowest API level of JetStream that supports batches.
  private static let batchLevel = 2

  /// Creates a mirror.
  ///
  /// - Parameters:
  ///   - request: The requested properties.
  ///   - target: The publishing target.
  ///   - name: The head that it follows.
  ///   - cache: The cache of manifests; nil for none.
  ///   - work: The progress and cancellation of the operation.
  /// - Throws: `Failure` if the target is not a pair of buckets, or the mirror is one of them.
  init(
    _ request: Request, of target: PublishTarget, _ name: HeadName, cache: ManifestCache?, _ work: Work
  ) throws(Failure) {
    guard let values = target.values as? NATSValues else {
      throw .usage("--mirror can be used only with a NATS server")
    }
    guard request.bucket != values.buckets.bucket else {
      throw .usage("--mirror must not be the bucket of TARGET, which has the heads")
    }
    self.request = request
    self.target = target
    self.name = name
    self.work = work
    buckets = values.buckets
    manifests = PublishedManifest(target.values, cache: cache)
  }

  // MARK: The present state

  /// Reads the mirror, and refuses a bucket that cannot be one.
  ///
  /// - Returns: The present state.
  /// - Throws: `Failure`, `KeyValueError`.
  func open() throws -> Found {
    let found = try waitFor { [buckets, request] in
      try await NATSMirror.found(request.bucket, in: buckets)
    }
    if let head = found.head.value {
      guard head.bucket == buckets.bucket, head.name == name else {
        throw Failure(.refused, "\(request.bucket) is the mirror of \(head.name) in \(head.bucket)")
      }
    } else if let key = found.held.first(where: { $0.value.value != nil })?.key {
      throw Failure(
        .refused, "\(request.bucket) is not a mirror: it has other keys, such as \(key)",
        hint: "give a bucket that is empty or does not exist")
    }
    let limit = min(
      buckets.jetStream.client.serverInfo.maximumPayload,
      (found.status?.configuration.valueByteLimit).map { Int(clamping: $0) } ?? .max)
    let wanted = form(found).inlineLimit
    guard max(wanted, MirrorPlan.descriptionLimit) + MirrorPlan.headerLimit <= limit else {
      throw Failure(
        .invalidInput,
        "\(request.bucket) allows messages of \(limit) bytes, which is too small for values of \(max(wanted, MirrorPlan.descriptionLimit)) bytes with \(MirrorPlan.headerLimit) of headers",
        hint: "use a smaller --inline-max, or a larger max_payload of the server")
    }
    return found
  }

  /// The form of the mirror: from the options, otherwise as it is.
  private func form(_ found: Found) -> MirrorForm {
    let form = found.head.value?.form ?? MirrorForm()
    return MirrorForm(
      inlineLimit: request.inlineLimit ?? form.inlineLimit, keys: request.keys ?? form.keys)
  }

  private static func found(_ bucket: String, in buckets: NATSBuckets) async throws(KeyValueError) -> Found {
    var found = Found()
    buckets.count()
    do throws(KeyValueError) {
      found.status = try await buckets.jetStream.keyValueStatus(bucket)
    } catch {
      guard case .bucketNotFound = error else { throw error }
    }
    found.store = found.status.map { KeyValueStore(buckets.jetStream, $0) }
    found.hasBatches = found.store?.allowsAtomicPublish ?? false
    if !found.hasBatches {
      buckets.count()
      do throws(JetStreamError) {
        found.hasBatches = try await buckets.jetStream.apiLevel() >= batchLevel
      } catch {
        throw .jetStream(error)
      }
    }
    guard let store = found.store else { return found }
    buckets.count(2)
    if let entry = try await store.entry(MirrorHead.key, from: .leader) {
      found.head = (entry.isValue ? MirrorHead(entry.value) : nil, entry.revision)
    }
    for try await entry in try await store.entries(onlyHeaders: true) where entry.key != MirrorHead.key {
      let headers = entry.headers
      let value = (headers[MirrorPlan.typeHeader], headers[MirrorPlan.digestHeader])
      found.held[entry.key] = MirrorPlan.Held(
        revision: entry.revision, value: entry.isValue ? value : nil)
    }
    return found
  }

  // MARK: Updating

  /// Returns the changes to the mirror that would follow a publish.
  ///
  /// - Parameters:
  ///   - found: The present state.
  ///   - outcome: The planned publish.
  /// - Returns: The planned changes.
  /// - Throws: The errors of reading manifests.
  func plan(_ found: Found, after outcome: Publisher.Outcome) throws -> Outcome {
    let rows = try outcome.draft.map { try manifests.rows(of: $0) } ?? manifests.rows(of: outcome.manifest)
    let plan = MirrorPlan(of: rows, beside: found.held, in: form(found), from: buckets.bucket)
    var planned = self.outcome(plan, found, outcome.manifest)
    planned.isChange =
      outcome.isChange || !planned.stored.isEmpty || !planned.removed.isEmpty
      || planned.before != planned.manifest || found.head.value?.form != form(found)
    // The published head is read once more.
    planned.requests = 1
    guard planned.isChange else { return planned }
    planned.requests += found.store == nil ? 1 : found.wantsBatches ? 2 : 0
    planned.requests += MirrorWriting(plan, found, hasBatches: found.hasBatches).requestCount
    return planned
  }

  private func outcome(_ plan: MirrorPlan, _ found: Found, _ manifest: ModuleDigest) -> Outcome {
    var outcome = Outcome(
      bucket: request.bucket, before: found.head.value?.entry?.manifest, manifest: manifest)
    outcome.stored = plan.puts.map { ($0.key, $0.size, $0.row.path) }
    outcome.removed = plan.deletes.map(\.key)
    return outcome
  }

  /// Updates the mirror to the newest revision.
  ///
  /// - Parameter found: The state before.
  /// - Returns: The result.
  /// - Throws: `Failure`, `KeyValueError`, and the errors of reading manifests and contents.
  func write(_ found: Found) throws -> Outcome {
    var found = found
    var failure: any Error = KeyValueError.wrongLastRevision(nil)
    for attempt in 0..<NATSMirror.attempts {
      try work.check()
      do {
        if attempt > 0 { found = try open() }
        return try writeOnce(found)
      } catch let error as KeyValueError {
        guard NATSMirror.mayGoOn(error) else { throw error }
        failure = error
      }
    }
    throw failure
  }

  /// Whether to read the mirror again and retry.
  private static func mayGoOn(_ error: KeyValueError) -> Bool {
    switch error {
    case .wrongLastRevision, .bucketExists, .jetStream(.client(.timedOut)),
      .jetStream(.client(.disconnected)):
      true
    default: false
    }
  }

  private func writeOnce(_ found: Found) throws -> Outcome {
    guard let newest = try target.heads.head(name).newest else {
      throw PublishError.unpublished("\(name)")
    }
    let head = MirrorHead(of: buckets.bucket, name, form(found), MirrorHead.Revision(newest))
    let rows = try manifests.rows(of: newest.manifest)
    let plan = MirrorPlan(of: rows, beside: found.held, in: head.form, from: buckets.bucket)
    var outcome = outcome(plan, found, newest.manifest)
    outcome.isChange = !plan.puts.isEmpty || !plan.deletes.isEmpty || found.head.value != head
    guard outcome.isChange else { return outcome }
    let store = try ready(found)
    var writing = MirrorWriting(plan, found, hasBatches: store.allowsAtomicPublish)
    writing.claim = MirrorHead(of: buckets.bucket, name, head.form, nil).value
    writing.head = head.value
    try writing.write(to: store, buckets, target.values, work)
    return outcome
  }

  /// The bucket, which is created if it is missing, and allows batches if the server supports them.
  private func ready(_ found: Found) throws -> KeyValueStore {
    try waitFor { [buckets, request] in
      let jetStream = buckets.jetStream
      guard let store = found.store, let status = found.status else {
        buckets.count()
        var configuration = KeyValueConfiguration(bucket: request.bucket)
        configuration.history = NATSMirror.history
        configuration.allowsAtomicPublish = found.hasBatches ? true : nil
        return try await jetStream.createKeyValueStore(configuration)
      }
      guard found.wantsBatches else { return store }
      buckets.count()
      var stream = status.stream.configuration
      stream.allowsAtomicPublish = true
      do throws(JetStreamError) { _ = try await jetStream.updateStream(stream) } catch {
        switch error {
        // A client without the permission to change the bucket writes key by key.
        case .refused, .client(.forbidden): return store
        default: throw KeyValueError.jetStream(error)
        }
      }
      buckets.count()
      return try await jetStream.keyValueStore(request.bucket)
    }
  }
}
