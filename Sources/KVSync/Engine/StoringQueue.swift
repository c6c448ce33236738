internal import Identifiers
internal import ModuleStore
internal import Synchronization

/// Hands out what is to be stored: what goes alone first, then batches. Several threads take from it.
final class StoringQueue: Sendable {
  /// What is stored in one go.
  enum Part: Sendable {
    /// A content that goes in requests of its own.
    case alone(PublishPlan.Upload)
    /// What goes in one request.
    case batch([Item])
  }

  /// A value that goes along with others.
  enum Item: Sendable {
    case content(PublishPlan.Upload)
    case manifest(kind: String, ManifestDraft.Value)

    /// The key.
    var key: String {
      switch self {
      case .content(let upload): upload.key
      case .manifest(let kind, let value): "\(kind)/\(value.digest.hex)"
      }
    }

    /// The number of bytes.
    var size: Int {
      switch self {
      case .content(let upload): upload.file.size
      case .manifest(_, let value): value.bytes.count
      }
    }
  }

  private struct State {
    var alone = 0
    var item = 0
    var size: BatchSize
  }

  private let alone: [PublishPlan.Upload]
  private let items: [Item]
  private let limits: ValueLimits
  private let state: Mutex<State>

  /// Puts in order what a plan wants: contents in the order of their paths, and the manifest at the end.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - stored: The keys that are stored already.
  ///   - limits: What the store of values takes.
  init(_ plan: PublishPlan, without stored: Set<String>, _ limits: ValueLimits) {
    let uploads = plan.uploads.filter { !stored.contains($0.key) }
    alone = uploads.filter { $0.file.size > limits.valueInBatch }
    var items = uploads.filter { $0.file.size <= limits.valueInBatch }.map { Item.content($0) }
    items += plan.manifest.newShards.sorted { $0.key < $1.key }.map { .manifest(kind: "s", $0.value) }
    items.append(.manifest(kind: "m", plan.manifest.rootValue))
    self.items = items.filter { !stored.contains($0.key) }
    self.limits = limits
    state = Mutex(State(size: BatchSize(limits)))
  }

  /// The next part; nil at the end.
  func next() -> Part? {
    state.withLock { state in
      if state.alone < alone.count {
        defer { state.alone += 1 }
        return .alone(alone[state.alone])
      }
      guard state.item < items.count else { return nil }
      let start = state.item
      var bytes = 0
      while state.item < items.count, state.item - start < state.size.pairs {
        bytes += StoredValue.batchBytes(ofSize: items[state.item].size)
        guard bytes <= state.size.bytes || state.item == start else { break }
        state.item += 1
      }
      state.size.grow()
      return .batch(Array(items[start..<state.item]))
    }
  }

  /// Makes the next batches smaller.
  func shrink() { state.withLock { $0.size.shrink() } }

  /// The requests that it takes if none fails.
  var requestCount: Int {
    var count = alone.reduce(0) { $0 + 1 + limits.chunks(ofSize: $1.file.size) }
    let rest = StoringQueue(items, limits)
    while rest.next() != nil { count += 1 }
    return count
  }

  private init(_ items: [Item], _ limits: ValueLimits) {
    (alone, self.items, self.limits) = ([], items, limits)
    state = Mutex(State(size: BatchSize(limits)))
  }

  /// What is stored in all, and the first path of each content.
  var contents: [(key: String, size: Int, path: [UInt8]?)] {
    alone.map { ($0.key, $0.file.size, $0.file.path) }
      + items.map { item in
        if case .content(let upload) = item {
          (item.key, item.size, upload.file.path)
        } else {
          (item.key, item.size, nil)
        }
      }
  }
}

extension PublishPlan.Upload {
  /// The key of the content.
  var key: String { "b/" + file.digest.hex }
}
