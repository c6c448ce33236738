internal import Identifiers
internal import ModuleStore
internal import Synchronization

/// A queue of the values to store: first those that are sent alone, then batches. Several threads take from it.
final class StoringQueue: Sendable {
  /// The values that a thread stores together.
  enum Part: Sendable {
    /// A content with requests of its own.
    case alone(FileContent)
    /// The values of one request, as indices of `self`.
    case batch(Range<Int>)
  }

  /// A value that shares a request with others.
  enum Item: Sendable {
    case content(FileContent)
    case other(Value)

    /// The key.
    var key: ValueKey {
      switch self {
      case .content(let file): file.key
      case .other(let value): value.key
      }
    }

    /// The number of bytes.
    var size: Int {
      switch self {
      case .content(let file): file.size
      case .other(let value): value.bytes.count
      }
    }
  }

  /// A value that is not a content.
  struct Value: Sendable {
    let key: ValueKey
    let bytes: [UInt8]
  }

  private struct State {
    var alone = 0
    var item = 0
    var size: BatchSize
  }

  private let alone: [FileContent]
  private let together: [FileContent]
  private let values: [Value]
  private let limits: ValueLimits
  private let state: Mutex<State>

  /// Orders the values of a plan: contents in the order of their paths, and the manifest at the end.
  ///
  /// - Parameters:
  ///   - plan: The plan.
  ///   - stored: The keys that are already stored.
  ///   - keeper: The URL of the store that will keep the first head; nil if it need not be recorded.
  ///   - limits: The limits of the store of values.
  init(
    _ plan: PublishPlan, without stored: Set<ValueKey>, keeper: String? = nil, _ limits: ValueLimits
  ) {
    // If all files are uploaded, the array is shared with the plan.
    let files = stored.isEmpty ? plan.uploads : plan.uploads.filter { !stored.contains($0.key) }
    alone = files.filter { $0.size > limits.valueInBatch }
    together = alone.isEmpty ? files : files.filter { $0.size <= limits.valueInBatch }
    var values: [Value] = []
    if let keeper {
      let bytes = Array(keeper.utf8)
      values.append(Value(key: ValueKey(.keeper, ModuleDigest(of: bytes)), bytes: bytes))
    }
    for (_, shard) in plan.manifest.newShards.sorted(by: { $0.key < $1.key }) {
      values.append(Value(key: ValueKey(.shard, shard.digest), bytes: shard.bytes))
    }
    let root = plan.manifest.rootValue
    values.append(Value(key: ValueKey(.root, root.digest), bytes: root.bytes))
    self.values = values.filter { !stored.contains($0.key) }
    self.limits = limits
    state = Mutex(State(size: BatchSize(limits)))
  }

  /// The number of values that share a request with others.
  private var count: Int { together.count + values.count }

  /// A value that shares a request with others.
  subscript(index: Int) -> Item {
    if index < together.count { return .content(together[index]) }
    return .other(values[index - together.count])
  }

  // MARK: Handing out

  /// The next part; nil at the end.
  func next() -> Part? {
    state.withLock { state in
      if state.alone < alone.count {
        defer { state.alone += 1 }
        return .alone(alone[state.alone])
      }
      return nextBatch(&state).map { .batch($0) }
    }
  }

  private func nextBatch(_ state: inout State) -> Range<Int>? {
    guard state.item < count else { return nil }
    let start = state.item
    var bytes = 0
    while state.item < count, state.item - start < state.size.pairs {
      bytes += StoredValue.batchBytes(ofSize: self[state.item].size)
      guard bytes <= state.size.bytes || state.item == start else { break }
      state.item += 1
    }
    state.size.grow()
    return start..<state.item
  }

  /// Makes the next batches smaller.
  func shrink() { state.withLock { $0.size.shrink() } }

  // MARK: Totals

  /// The number of requests if none fails.
  var requestCount: Int {
    var count = alone.reduce(0) { $0 + 1 + limits.chunks(ofSize: $1.size) }
    var state = State(size: BatchSize(limits))
    while nextBatch(&state) != nil { count += 1 }
    return count
  }

  /// The number of contents.
  var contentCount: Int { alone.count + together.count }

  /// The number of contents and of parts of the manifest.
  var itemCount: Int { contentCount + values.count - keeperCount }

  /// The number of values that are neither: at most one, the first.
  private var keeperCount: Int { values.first?.key.kind == .keeper ? 1 : 0 }

  /// A content or a part of the manifest: those that are sent alone first, and those of the manifest last.
  func item(at index: Int) -> StoredItem {
    guard index < contentCount else {
      let value = values[index - contentCount + keeperCount]
      return StoredItem(key: value.key, size: value.bytes.count, path: nil)
    }
    let file = index < alone.count ? alone[index] : together[index - alone.count]
    return StoredItem(key: file.key, size: file.size, path: file.path)
  }
}
