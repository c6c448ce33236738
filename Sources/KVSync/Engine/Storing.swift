internal import FileSystem
internal import Identifiers
internal import ModuleStore
internal import Synchronization

/// Stores the values of a plan: contents in batches of growing size, large contents alone, and the manifest at the end,
/// because nothing names it before the head does.
struct Storing: Sendable {
  let queue: StoringQueue
  let contents: any ContentSource
  let values: any ValueStore
  let journal: PublishJournal
  let work: Work
  let clock: HeadClock
  private let tally = Tally()

  /// Counts the stored values.
  private final class Tally: Sendable {
    let counts = Mutex((done: 0, bytes: Int64(0)))
  }

  init(
    _ queue: StoringQueue, of contents: any ContentSource, in values: any ValueStore,
    _ journal: PublishJournal,
    _ clock: HeadClock, _ work: Work
  ) {
    self.queue = queue
    self.contents = contents
    self.values = values
    self.journal = journal
    self.clock = clock
    self.work = work
  }

  /// Stores all values.
  ///
  /// - Parameter threads: The maximum number of concurrent requests.
  /// - Throws: The errors of the contents and the store of values.
  func store(threads: Int) throws {
    let count = min(threads, queue.requestCount)
    let total = queue.contentCount
    try inParallel(count, workers: count) { _ in
      while let part = queue.next() {
        try work.check()
        // A new reader for each part: a reader keeps what it needed to read, such as the bases of deltas.
        let reader = try contents.reader()
        switch part {
        case .alone(let file):
          try storeAlone(file, reader)
          note(1, file.size, of: total)
        case .batch(let indices): try store(indices, reader, of: total)
        }
      }
    }
  }

  private func note(_ count: Int, _ size: Int, of total: Int) {
    let (done, bytes) = tally.counts.withLock { counts in
      counts.done += count
      counts.bytes += Int64(size)
      return counts
    }
    work.progress(Progress(.publishing, done: done, total: total, bytes: bytes))
  }

  private func store(_ indices: Range<Int>, _ reader: any ContentReader, of total: Int) throws {
    let time = clock.now
    // Each value is created when it is requested: one request contains thousands of them.
    let outcome = try values.store(indices.lazy.map { value(queue[$0], reader, at: time) }) { stored in
      journal.append(stored.map { queue[$0].key }, at: time)
      try work.check()
    }
    if outcome.wasStrained { queue.shrink() }
    let items = indices.lazy.map { queue[$0] }
    note(items.count { $0.key.kind == .content }, items.reduce(0) { $0 + $1.size }, of: total)
  }

  private func value(_ item: StoringQueue.Item, _ reader: any ContentReader, at time: Int64) -> StoredValue {
    switch item {
    case .content(let file):
      StoredValue(key: "\(file.key)", size: file.size, metadata: metadata(file, at: time)) {
        try reader.bytes(of: file)
      }
    case .other(let value): stored(value.key, value.bytes, ValueMetadata(time: time))
    }
  }

  private func stored(_ key: ValueKey, _ bytes: [UInt8], _ metadata: ValueMetadata) -> StoredValue {
    StoredValue(key: "\(key)", size: bytes.count, metadata: metadata) { bytes }
  }

  /// Stores a large content: in one piece, or in chunks and then the list of their digests.
  private func storeAlone(_ file: FileContent, _ reader: any ContentReader) throws {
    let bytes = try reader.bytes(of: file)
    var list = bytes
    if values.limits.chunks(ofSize: bytes.count) > 0 {
      list = []
      for start in stride(from: 0, to: bytes.count, by: ManifestRoot.chunkLength) {
        try work.check()
        let chunk = Array(bytes[start..<min(start + ManifestRoot.chunkLength, bytes.count)])
        let key = ValueKey(.chunk, ModuleDigest(of: chunk))
        // Another content may contain the same chunk.
        if !journal.has(chunk: key.digest) { try storeAlone(chunk, as: key) { ValueMetadata(time: $0) } }
        list += key.digest.bytes
      }
    }
    try storeAlone(list, as: file.key) { metadata(file, at: $0) }
  }

  private func storeAlone(
    _ bytes: [UInt8], as key: ValueKey, _ metadata: (Int64) -> ValueMetadata
  ) throws {
    let time = clock.now
    try values.storeAlone(stored(key, bytes, metadata(time)))
    journal.append([key], at: time)
  }

  private func metadata(_ file: FileContent, at time: Int64) -> ValueMetadata {
    ValueMetadata(
      time: time,
      content: ValueMetadata.Content(
        size: file.size, type: file.type, chunks: values.limits.chunks(ofSize: file.size)))
  }
}
