internal import FileSystem
internal import Identifiers
internal import JSONText
internal import Synchronization
public import SystemPackage

/// The keys that were stored for an unfinished publish, so that the next try does not send them again
/// (Documentation/kv.md, "Journal"). It is an optimisation: without it everything is sent.
public final class PublishJournal: Sendable {
  private struct State {
    /// The keys that were stored together, with the time.
    var stored: [(time: Int64, keys: [ValueKey])] = []
    /// The chunks among them.
    var chunks: Set<ModuleDigest> = []
    /// The target of the keys; nil before `begin`.
    var place: Place?
    /// Whether the file was usable so far.
    var hasFile: Bool

    mutating func add(_ keys: [ValueKey], at time: Int64) {
      stored.append((time, keys))
      for key in keys where key.kind == .chunk { chunks.insert(key.digest) }
    }

    mutating func removeAll() { (stored, chunks) = ([], []) }
  }

  /// The target of keys: for another target or after a prune, the keys are ignored.
  private struct Place: Hashable {
    let target: String
    let namespace: String
    let epoch: Int64
  }

  /// The file, which is locked against other processes.
  private final class File: Sendable {
    let file: OpenFile
    let lock: AdvisoryLock

    init?(_ path: FilePath) throws(FileError) {
      try makeFolders(path.removingLastComponent())
      lock = try AdvisoryLock(making: path)
      guard try lock.attempt(.exclusive) else { return nil }
      file = try OpenFile(makingAndAppendingTo: path)
    }
  }

  private let target: String
  private let file: File?
  /// The content of a file that is only read.
  private let known: [UInt8]
  private let state: Mutex<State>

  /// The time for which a key counts as stored, in seconds: a third of the minimum grace of a prune.
  static let lifetime: Int64 = 3_600
  /// The maximum number of keys in a line.
  private static let keysInLine = 1_000

  /// Keeps keys only in memory.
  public init() {
    (target, file, known) = ("", nil, [])
    state = Mutex(State(hasFile: false))
  }

  /// Opens a journal. Keeps keys only in memory if another process uses the file or it cannot be written.
  ///
  /// - Parameters:
  ///   - path: The file.
  ///   - target: The target, as the user names it.
  ///   - isReadOnly: Whether the file must not be changed.
  public init(at path: FilePath, of target: String, isReadOnly: Bool) {
    self.target = target
    // Keys that cannot be read or recorded are sent again, which does no harm.
    file = isReadOnly ? nil : (try? File(path)) ?? nil
    known = isReadOnly ? (try? contents(of: path)) ?? [] : []
    state = Mutex(State(hasFile: file != nil))
  }

  /// Starts to record the keys of a publish.
  ///
  /// - Parameters:
  ///   - namespace: The place of the values; nil if it cannot be distinguished from others.
  ///   - epoch: The epoch of the head.
  ///   - now: The present time by the head's clock.
  /// - Returns: The keys that are stored.
  func begin(in namespace: String?, epoch: Int64, now: Int64) -> Set<ValueKey> {
    let place = Place(target: target, namespace: namespace ?? "", epoch: epoch)
    return state.withLock { state in
      if state.place == nil { read(&state) }
      if state.place != place || namespace == nil {
        state.removeAll()
        state.place = place
        write(&state) { file throws(FileError) in
          try file.resize(to: 0)
          try file.append(line: Array(PublishJournal.head(place).line.utf8))
        }
      }
      let young = state.stored.filter { $0.time > now - PublishJournal.lifetime }
      state.removeAll()
      for (time, keys) in young { state.add(keys, at: time) }
      return Set(young.lazy.flatMap(\.keys))
    }
  }

  /// Whether a chunk is stored.
  func has(chunk: ModuleDigest) -> Bool { state.withLock { $0.chunks.contains(chunk) } }

  /// Records durably that keys are stored.
  func append(_ keys: [ValueKey], at time: Int64) {
    guard !keys.isEmpty else { return }
    state.withLock { state in
      state.add(keys, at: time)
      write(&state) { file throws(FileError) in
        for start in stride(from: 0, to: keys.count, by: PublishJournal.keysInLine) {
          let part = Array(keys[start..<min(start + PublishJournal.keysInLine, keys.count)])
          var line = JSONWriter()
          line.object { line in
            line.member("at", time)
            line.member("keys", part) { $1.text("\($0)") }
          }
          try file.append(line: line.bytes)
        }
        try file.synchronize()
      }
    }
  }

  /// Removes all keys: the publish is finished, or a prune ran in between.
  func clear() {
    state.withLock { state in
      state.removeAll()
      state.place = nil
      write(&state) { file throws(FileError) in try file.resize(to: 0) }
    }
  }

  private func write(_ state: inout State, _ body: (borrowing OpenFile) throws(FileError) -> Void) {
    guard state.hasFile, let file else { return }
    do throws(FileError) { try body(file.file) } catch {
      // Keys that are not recorded are sent again.
      state.hasFile = false
    }
  }

  // MARK: The file

  private static func head(_ place: Place) -> JSONValue {
    .object([
      ("target", .text(place.target)), ("namespace", .text(place.namespace)), ("epoch", .number(place.epoch)),
    ])
  }

  /// Reads the records of an earlier process, and cuts off an incomplete last line.
  private func read(_ state: inout State) {
    var bytes = known
    write(&state) { file throws(FileError) in bytes = try file.bytes(at: 0, upTo: file.size()) }
    var rest = bytes[...]
    while let end = rest.firstIndex(of: 0x0a), let json = JSONValue(parsing: rest[..<end]) {
      if state.place == nil {
        guard let target = json["target"]?.text, let namespace = json["namespace"]?.text,
          let epoch = json["epoch"]?.number
        else { break }
        state.place = Place(target: target, namespace: namespace, epoch: epoch)
      } else {
        guard let time = json["at"]?.number, case .array(let keys)? = json["keys"] else { break }
        state.add(keys.compactMap { $0.text.flatMap { ValueKey($0) } }, at: time)
      }
      rest = rest[(end + 1)...]
    }
    let length = rest.startIndex
    if length < bytes.count { write(&state) { file throws(FileError) in try file.resize(to: length) } }
  }
}

extension OpenFile {
  /// Appends a line.
  fileprivate borrowing func append(line: [UInt8]) throws(FileError) {
    try append((line + [0x0a]).span.bytes)
  }
}
