public import ModuleStore

/// Uploads the files of a folder as kv-assets does: a key for each content, and no manifest among them. The manifest is
/// built into the Worker, so keys stay until the person who deploys the Workers says that the old one is gone.
public struct AssetSync {
  /// The result of an upload, or of a dry run.
  public struct Outcome: Sendable {
    /// The keys that were stored, with their sizes and first paths.
    public var stored: [(key: String, size: Int, path: String)] = []
    /// The number of keys that existed already.
    public var skipped = 0
    /// The keys that were removed.
    public var removed: [String] = []
    /// The number of keys that are not needed any more, but are not removed yet.
    public var deferred = 0
    /// The number of requests that were sent, or would be sent.
    public var requests = 0
  }

  private let contents: AssetContents
  private let values: any ValueStore
  private let time: Int64
  private let work: Work

  /// The maximum number of pairs and of bytes in a request.
  private static let pairLimit = 5_000
  private static let byteLimit = 50 << 20

  /// Prepares to upload.
  ///
  /// - Parameters:
  ///   - contents: The files.
  ///   - values: The store that receives them.
  ///   - time: The present time, in seconds since 1970.
  ///   - work: Receives progress, and can cancel the operation.
  public init(_ contents: AssetContents, to values: any ValueStore, at time: Int64, _ work: Work) {
    self.contents = contents
    self.values = values
    self.time = time
    self.work = work
  }

  /// Stores the missing keys, calls `write`, and removes keys that have not been needed for longer than `grace`.
  ///
  /// - Parameters:
  ///   - isDryRun: Whether nothing is changed.
  ///   - replaced: The keys of earlier manifests.
  ///   - grace: Removes keys that no manifest has contained for this number of seconds; nil to remove none.
  ///   - write: Writes the manifest and the keys of earlier ones; called when all keys of the manifest are stored.
  /// - Returns: The result.
  /// - Throws: The errors of the target and of `write`.
  public func run(
    isDryRun: Bool, replaced: inout ReplacedKeys, grace: Int64?, _ write: (ReplacedKeys) throws -> Void
  ) throws -> Outcome {
    var outcome = Outcome()
    let preparing = try values.requestsToPrepare()
    var present: Set<String> = []
    // A namespace that does not exist yet has no keys.
    if preparing == 0 {
      try values.list("") { page in
        try work.check()
        present.formUnion(page.map(\.name))
      }
    }
    let missing = contents.items.filter { !present.contains($0.asset.key) }
    outcome.skipped = contents.items.count - missing.count
    outcome.stored = missing.map { ($0.asset.key, $0.file.size, $0.asset.path) }
    let (alone, batches) = batches(missing)
    let stale = replaced.keys(olderThan: grace.map { time - $0 }, among: present)
    if isDryRun {
      outcome.requests =
        values.requestCount + preparing + alone.count + batches.count + (stale.isEmpty ? 0 : 1)
    } else {
      try store(alone, batches, missing.count)
      try write(replaced)
      if !stale.isEmpty {
        try values.delete(stale.map { ListedKey($0, time: nil) }, before: nil)
        replaced.remove(stale)
      }
      outcome.requests = values.requestCount
    }
    outcome.removed = stale
    outcome.deferred = replaced.count(among: present.subtracting(stale))
    return outcome
  }

  private func store(
    _ alone: [AssetContents.Item], _ batches: [[AssetContents.Item]], _ total: Int
  ) throws {
    var done = 0
    var bytes: Int64 = 0
    func note(_ items: [AssetContents.Item]) {
      done += items.count
      bytes += items.reduce(0) { $0 + Int64($1.file.size) }
      work.progress(Progress(.publishing, done: done, total: total, bytes: bytes))
    }
    for item in alone {
      try work.check()
      for value in try contents.values([item], at: time) { try values.storeAlone(value) }
      note([item])
    }
    for batch in batches {
      try work.check()
      _ = try values.store(contents.values(batch, at: time)) { _ in }
      note(batch)
    }
  }

  /// Splits items into those that need a request of their own and those that share one.
  private func batches(_ items: [AssetContents.Item]) -> (
    alone: [AssetContents.Item], batches: [[AssetContents.Item]]
  ) {
    let limits = values.limits
    let pairLimit = min(AssetSync.pairLimit, limits.pairs.upperBound)
    let byteLimit = min(AssetSync.byteLimit, limits.bytes.upperBound)
    var batches: [[AssetContents.Item]] = []
    var bytes = 0
    for item in items where item.file.size <= limits.valueInBatch {
      let size = StoredValue.batchBytes(ofSize: item.file.size) + item.asset.key.utf8.count
      if batches.isEmpty || batches[batches.count - 1].count == pairLimit || bytes + size > byteLimit {
        batches.append([])
        bytes = 0
      }
      batches[batches.count - 1].append(item)
      bytes += size
    }
    return (items.filter { $0.file.size > limits.valueInBatch }, batches)
  }
}
