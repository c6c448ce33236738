internal import Identifiers
internal import KVSync
internal import ModuleStore
internal import NATSKeyValue
internal import NIOCore

/// Writes the differences to a mirror: in atomic batches with the head in the last one, if possible; otherwise first
/// the values, then the head, then the deletions. Each key must be unchanged since it was read.
struct MirrorWriting {
  /// A change of a key.
  private enum Change {
    case put(MirrorPlan.Put)
    case delete(key: String, revision: Int64)

    var size: Int { if case .put(let put) = self { put.size } else { 0 } }
  }

  /// The values of the head while the mirror is incomplete, and when it is complete.
  var claim = ByteBuffer()
  var head = ByteBuffer()
  private let plan: MirrorPlan
  private let headRevision: Int64
  /// Whether the bucket does not have a head yet.
  private let isNew: Bool
  private let hasBatches: Bool

  /// The maximum number of bytes of the values in a batch, and of those that are read at a time.
  private static let batchBytes = 64 << 20
  private static let readBytes = 16 << 20

  /// Prepares to write.
  ///
  /// - Parameters:
  ///   - plan: The differences.
  ///   - found: The present state of the mirror.
  ///   - hasBatches: Whether the bucket allows batches.
  init(_ plan: MirrorPlan, _ found: NATSMirror.Found, hasBatches: Bool) {
    self.plan = plan
    self.hasBatches = hasBatches
    headRevision = found.head.revision
    isNew = found.head.value == nil
  }

  /// The batches; the caller adds the head to the last one.
  private var batches: [[Change]] {
    let changes =
      plan.puts.map { Change.put($0) } + plan.deletes.map { .delete(key: $0.key, revision: $0.revision) }
    var batches: [[Change]] = [[]]
    var bytes = 0
    for change in changes {
      let isFull = batches[batches.count - 1].count + 1 >= KeyValueBatch.limit
      if isFull || (bytes > 0 && bytes + change.size > MirrorWriting.batchBytes) {
        batches.append([])
        bytes = 0
      }
      batches[batches.count - 1].append(change)
      bytes += change.size
    }
    return batches
  }

  /// Whether to write the head before everything else, so that the next run can tell what the bucket is for.
  private func needsClaim(_ batchCount: Int) -> Bool {
    isNew && (hasBatches ? batchCount > 1 : !plan.puts.isEmpty)
  }

  /// The number of requests.
  var requestCount: Int {
    let contents = plan.puts.count { $0.description == nil }
    guard hasBatches else {
      return contents + (plan.puts.isEmpty ? 0 : 1) + 1 + (plan.deletes.isEmpty ? 0 : 1)
        + (needsClaim(0) ? 1 : 0)
    }
    let count = batches.count
    return contents + count + (needsClaim(count) ? 1 : 0)
  }

  // MARK: Writing

  /// Writes the differences.
  ///
  /// - Throws: `KeyValueError`, and the errors of reading contents.
  func write(
    to store: KeyValueStore, _ buckets: NATSBuckets, _ values: any ValueStore, _ work: Work
  ) throws {
    let batches = hasBatches ? batches : []
    var headRevision = headRevision
    if needsClaim(batches.count) {
      buckets.count()
      headRevision = try waitFor { [claim, headRevision] in
        try await store.update(MirrorHead.key, claim, at: headRevision)
      }
    }
    guard hasBatches else { return try writeSingly(to: store, headRevision, buckets, values, work) }
    for (index, changes) in batches.enumerated() {
      try work.check()
      var batch = try store.batch()
      for part in MirrorWriting.parts(of: changes) {
        let contents = try MirrorWriting.contents(of: part, values)
        for change in part {
          switch change {
          case .put(let put):
            try batch.put(
              put.key, try MirrorWriting.value(of: put, contents), at: put.revision, headers: put.headers)
          case .delete(let key, let revision): try batch.delete(key, at: revision)
          }
        }
      }
      if index == batches.count - 1 { try batch.put(MirrorHead.key, head, at: headRevision) }
      buckets.count()
      _ = try waitFor { [batch] in try await batch.commit() }
    }
  }

  private func writeSingly(
    to store: KeyValueStore, _ headRevision: Int64, _ buckets: NATSBuckets, _ values: any ValueStore,
    _ work: Work
  ) throws {
    if !plan.puts.isEmpty {
      buckets.count()
      let writer = store.writer()
      for part in MirrorWriting.parts(of: plan.puts.map { .put($0) }) {
        try work.check()
        let contents = try MirrorWriting.contents(of: part, values)
        var writes: [(put: MirrorPlan.Put, value: ByteBuffer)] = []
        for case .put(let put) in part { writes.append((put, try MirrorWriting.value(of: put, contents))) }
        try waitFor { [writes] in
          for (put, value) in writes {
            try await writer.put(put.key, value, at: put.revision, headers: put.headers)
          }
        }
      }
      _ = try waitFor { try await writer.finish() }
    }
    buckets.count()
    _ = try waitFor { [head] in try await store.update(MirrorHead.key, head, at: headRevision) }
    guard !plan.deletes.isEmpty else { return }
    buckets.count()
    _ = try waitFor { [deletes = plan.deletes] in
      let writer = store.writer()
      for delete in deletes { try await writer.delete(delete.key, at: delete.revision) }
      try await writer.finish()
    }
  }

  // MARK: Values

  /// Groups changes whose contents are read together.
  private static func parts(of changes: [Change]) -> [[Change]] {
    var parts: [[Change]] = []
    var bytes = 0
    for change in changes {
      if parts.isEmpty || bytes + change.size > readBytes {
        parts.append([])
        bytes = 0
      }
      parts[parts.count - 1].append(change)
      bytes += change.size
    }
    return parts
  }

  /// Reads the contents that are stored as values.
  private static func contents(of changes: [Change], _ values: any ValueStore) throws -> [String: [UInt8]] {
    let keys = Set(
      changes.compactMap { change in
        if case .put(let put) = change, put.description == nil { "b/" + put.row.digest.hex } else { nil }
      })
    return keys.isEmpty ? [:] : try values.texts(keys.sorted())
  }

  private static func value(of put: MirrorPlan.Put, _ contents: [String: [UInt8]]) throws -> ByteBuffer {
    if let description = put.description { return ByteBuffer(bytes: description) }
    let name = "b/" + put.row.digest.hex
    guard let content = contents[name], ModuleDigest(of: content) == put.row.digest else {
      throw PublishError.unreadableManifest(name)
    }
    return ByteBuffer(bytes: content)
  }
}
