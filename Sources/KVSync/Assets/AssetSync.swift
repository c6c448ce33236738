public import ModuleStore

/// Uploads the files of a folder as kv-assets does: a key for each content, and no manifest among them. The Worker has the
/// manifest inside, so keys stay until whoever publishes Workers says that the old one is gone.
public struct AssetSync {
  /// What was done, or would be.
  public struct Outcome: Sendable {
    /// The keys that were stored, with their sizes and first paths.
    public var stored: [(key: String, size: Int, path: String)] = []
    /// The keys that were there.
    public var skipped = 0
    /// The keys that were removed.
    public var removed: [String] = []
    /// The keys that are not needed any more, and stay for now.
    public var deferred = 0
    /// The requests that were sent, or would be.
    public var requests = 0
  }

  private let contents: AssetContents
  private let values: any ValueStore
  private let time: Int64
  private let work: Work

  /// The most pairs and bytes of a request.
  private static let pairLimit = 5_000
  private static let byteLimit = 50 << 20

  /// Prepares to upload.
  ///
  /// - Parameters:
  ///   - contents: The files.
  ///   - values: Where they go.
  ///   - time: The present moment, in seconds since 1970.
  ///   - work: Takes progress, and says when to stop.
  public init(_ contents: AssetContents, to values: any ValueStore, at time: Int64, _ work: Work) {
    self.contents = contents
    self.values = values
    self.time = time
    self.work = work
  }

  /// Stores what is not there, lets the manifest be written, and removes what has not been needed for long enough.
  ///
  /// - Parameters:
  ///   - isDryRun: Whether nothing is changed.
  ///   - replaced: The keys that earlier manifests had.
  ///   - grace: Removes keys that no manifest has had for so many seconds; nil to remove none.
  ///   - write: Writes the manifest and the keys of earlier ones, once all keys that it has are there.
  /// - Returns: What was done.
  /// - Throws: What the target and `write` throw.
  public func run(
    isDryRun: Bool, replaced: inout ReplacedKeys, grace: Int64?, _ write: (ReplacedKeys) throws -> Void
  ) throws -> Outcome {
    var outcome = Outcome()
    let preparing = try values.requestsToPrepare()
    var present: Set<String> = []
    // A namespace that is not there yet has no keys.
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

  /// What goes in a request of its own, and what goes along with others.
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
