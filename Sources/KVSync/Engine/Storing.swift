internal import Identifiers
internal import ModuleStore

/// Stores what a plan wants: contents in batches that grow, what is too large for them alone, and the manifest with the
/// last batch, for nothing names it before the head does.
struct Storing {
  let plan: PublishPlan
  let contents: any ContentReader
  let limits: ValueLimits
  let work: Work
  /// The clock of what keeps the head, in seconds since 1970.
  let time: Int64

  /// What is stored under which key.
  private enum Item {
    case content(PublishPlan.Upload)
    case manifest(key: String, ManifestDraft.Value)

    /// The bytes of it in the body of a bulk write.
    var bulkBytes: Int {
      switch self {
      case .content(let upload): StoredValue.batchBytes(ofSize: upload.file.size)
      case .manifest(_, let value): StoredValue.batchBytes(ofSize: value.bytes.count)
      }
    }
  }

  /// What goes in a request of its own, in its order.
  private var alone: [PublishPlan.Upload] { plan.uploads.filter { $0.file.size > limits.valueInBatch } }

  /// What goes along with others, in its order.
  private var batches: [[Item]] {
    var items = plan.uploads.filter { $0.file.size <= limits.valueInBatch }.map { Item.content($0) }
    items += plan.manifest.newShards.sorted { $0.key < $1.key }.map { .manifest(key: "s", $0.value) }
    items.append(.manifest(key: "m", plan.manifest.rootValue))
    var batches: [[Item]] = [[]]
    var bytes = 0
    for item in items {
      let doublings = min(batches.count - 1, 8)
      let pairLimit = min(limits.pairs.lowerBound << doublings, limits.pairs.upperBound)
      let byteLimit = min(limits.bytes.lowerBound << doublings, limits.bytes.upperBound)
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
    alone.reduce(0) { $0 + 1 + limits.chunks(ofSize: $1.file.size) } + batches.count
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
  func store(in values: any ValueStore) throws -> [(key: String, size: Int, path: [UInt8]?)] {
    var bytes: Int64 = 0
    var done = 0
    func note(_ count: Int, _ size: Int) {
      done += count
      bytes += Int64(size)
      work.progress(Progress(.publishing, done: done, total: plan.uploads.count, bytes: bytes))
    }
    for upload in alone {
      try work.check()
      try storeAlone(upload, in: values)
      note(1, upload.file.size)
    }
    for batch in batches {
      try work.check()
      let pairs = batch.map { value($0) }
      _ = try values.store(pairs) { _ in }
      note(
        batch.count {
          if case .content = $0 { true } else { false }
        }, pairs.reduce(0) { $0 + $1.size })
    }
    return announced
  }

  private func value(_ item: Item) -> StoredValue {
    switch item {
    case .content(let upload):
      StoredValue(
        key: "b/" + upload.file.digest.hex, size: upload.file.size, metadata: metadata(upload)
      ) { try contents.bytes(of: upload.file) }
    case .manifest(let kind, let value):
      stored("\(kind)/\(value.digest.hex)", value.bytes, ValueMetadata(time: time))
    }
  }

  private func stored(_ key: String, _ bytes: [UInt8], _ metadata: ValueMetadata) -> StoredValue {
    StoredValue(key: key, size: bytes.count, metadata: metadata) { bytes }
  }

  /// Stores a large content: in one piece, or in chunks and then the list of their digests.
  private func storeAlone(_ upload: PublishPlan.Upload, in values: any ValueStore) throws {
    let bytes = try contents.bytes(of: upload.file)
    var list = bytes
    if limits.chunks(ofSize: bytes.count) > 0 {
      list = []
      for start in stride(from: 0, to: bytes.count, by: ManifestRoot.chunkLength) {
        let chunk = Array(bytes[start..<min(start + ManifestRoot.chunkLength, bytes.count)])
        let digest = ModuleDigest(of: chunk)
        try values.storeAlone(stored("c/" + digest.hex, chunk, ValueMetadata(time: time)))
        list += digest.bytes
      }
    }
    try values.storeAlone(stored("b/" + upload.file.digest.hex, list, metadata(upload)))
  }

  private func metadata(_ upload: PublishPlan.Upload) -> ValueMetadata {
    let size = upload.file.size
    return ValueMetadata(
      time: time,
      content: ValueMetadata.Content(size: size, type: upload.type, chunks: limits.chunks(ofSize: size)))
  }
}
