internal import Identifiers
internal import JSONText
internal import ModuleStore

/// Stores what a plan wants: contents in batches that grow, what is too large for them alone, and the manifest with the
/// last batch, for nothing names it before the head does.
struct Storing {
  let plan: PublishPlan
  let session: StoreSession
  /// The clock of what keeps the head, in seconds since 1970.
  let time: Int64

  /// Contents above this go alone: base64 makes them a third longer.
  private static let aloneLimit = 8 << 20
  /// The pairs and bytes of the first batch, which each one doubles, up to what the service takes.
  private static let firstPairs = 2_000
  private static let firstBytes = 24_000_000
  private static let pairLimit = 10_000
  private static let byteLimit = 95_000_000

  /// What is stored under which key.
  private enum Item {
    case content(PublishPlan.Upload)
    case manifest(key: String, ManifestDraft.Value)

    /// The bytes of it in the body of a bulk write.
    var bulkBytes: Int {
      let size =
        switch self {
        case .content(let upload): upload.file.size
        case .manifest(_, let value): value.bytes.count
        }
      return (size + 2) / 3 * 4 + 256
    }
  }

  /// What goes in a request of its own, in its order.
  private var alone: [PublishPlan.Upload] { plan.uploads.filter { $0.file.size > Storing.aloneLimit } }

  /// What goes along with others, in its order.
  private var batches: [[Item]] {
    var items = plan.uploads.filter { $0.file.size <= Storing.aloneLimit }.map { Item.content($0) }
    items += plan.manifest.newShards.sorted { $0.key < $1.key }.map { .manifest(key: "s", $0.value) }
    items.append(.manifest(key: "m", plan.manifest.rootValue))
    var batches: [[Item]] = [[]]
    var bytes = 0
    for item in items {
      let doublings = min(batches.count - 1, 8)
      let pairLimit = min(Storing.firstPairs << doublings, Storing.pairLimit)
      let byteLimit = min(Storing.firstBytes << doublings, Storing.byteLimit)
      if batches[batches.count - 1].count == pairLimit || bytes + item.bulkBytes > byteLimit,
        !batches[batches.count - 1].isEmpty
      {
        batches.append([])
        bytes = 0
      }
      batches[batches.count - 1].append(item)
      bytes += item.bulkBytes
    }
    return batches
  }

  /// The requests that it takes if none fails.
  var requestCount: Int {
    alone.reduce(0) { $0 + 1 + ContentLayout(size: $1.file.size).chunkCount } + batches.count
  }

  /// What is to be stored.
  var announced: [(key: String, size: Int, path: [UInt8]?)] {
    plan.uploads.map { ("b/" + $0.file.digest.hex, $0.file.size, $0.file.path) }
      + plan.manifest.newShards.sorted { $0.key < $1.key }.map { ("s/" + $1.digest.hex, $1.bytes.count, nil) }
      + [("m/" + plan.manifest.rootValue.digest.hex, plan.manifest.rootValue.bytes.count, nil)]
  }

  /// Stores all of it.
  ///
  /// - Returns: What was stored.
  /// - Throws: `StoreError`, and what the target throws.
  func store(in target: any PublishTarget) throws -> [(key: String, size: Int, path: [UInt8]?)] {
    var bytes: Int64 = 0
    var done = 0
    func note(_ count: Int, _ size: Int) {
      done += count
      bytes += Int64(size)
      session.work.progress(Progress(.publishing, done: done, total: plan.uploads.count, bytes: bytes))
    }
    for upload in alone {
      try session.work.check()
      try storeAlone(upload, in: target)
      note(1, upload.file.size)
    }
    for batch in batches {
      try session.work.check()
      let values = try batch.map { try value($0) }
      try target.store(values)
      note(
        batch.count {
          if case .content = $0 { true } else { false }
        }, values.reduce(0) { $0 + $1.bytes.count })
    }
    return announced
  }

  private func value(_ item: Item) throws -> StoredValue {
    switch item {
    case .content(let upload):
      return StoredValue(
        key: "b/" + upload.file.digest.hex, bytes: try session.bytes(of: upload.file),
        metadata: metadata(upload))
    case .manifest(let kind, let value):
      return StoredValue(key: "\(kind)/\(value.digest.hex)", bytes: value.bytes, metadata: "{\"t\":\(time)}")
    }
  }

  /// Stores a large content: in one piece, or in chunks and then the list of their digests.
  private func storeAlone(_ upload: PublishPlan.Upload, in target: any PublishTarget) throws {
    let bytes = try session.bytes(of: upload.file)
    let count = ContentLayout(size: bytes.count).chunkCount
    var stored = bytes
    if count > 0 {
      stored = []
      for start in stride(from: 0, to: bytes.count, by: ManifestRoot.chunkLength) {
        let chunk = Array(bytes[start..<min(start + ManifestRoot.chunkLength, bytes.count)])
        let digest = ModuleDigest(of: chunk)
        try target.storeAlone(StoredValue(key: "c/" + digest.hex, bytes: chunk, metadata: "{\"t\":\(time)}"))
        stored += digest.bytes
      }
    }
    try target.storeAlone(
      StoredValue(key: "b/" + upload.file.digest.hex, bytes: stored, metadata: metadata(upload)))
  }

  private func metadata(_ upload: PublishPlan.Upload) -> String {
    JSONValue.object([
      ("t", .number(time)), ("s", .count(upload.file.size)), ("ct", .text(upload.type)),
      ("n", .count(ContentLayout(size: upload.file.size).chunkCount)),
    ]).line
  }
}
