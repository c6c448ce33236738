internal import FileSystem
internal import Glibc
internal import SystemPackage

/// The three locks of a store. Each is a file that is locked with `flock`, which ends with its process.
///
/// Whoever needs several takes them in this order, and nobody who holds one asks for one before it:
///
/// 1. `gate`: shared by writers for the moment in which they take `lock`; held alone by whoever wants `lock` alone, so
///    that writers who come one after the other cannot keep it out for ever.
/// 2. `lock`: shared by whoever resolves names to objects in order to refer to them, or writes objects that no
///    reference names yet; held alone while objects are deleted.
/// 3. `write.lock`: held alone while references move.
///
/// Nobody holds `lock` while waiting for a pipe, a socket or a person.
struct StoreLocks {
  let layout: Layout
  /// How long to wait for each of them.
  let timeout: Duration
  /// How long to wait before that is reported.
  let patience: Duration
  /// Is told what is waited for, and can end the wait.
  let work: Work

  /// How long one turn of a deletion may last. The caller of `alone` sees to it.
  static let turn = Duration.milliseconds(20)
  /// How long writers have the locks between two turns.
  private static let pause = Duration.milliseconds(40)
  /// How long `alone` keeps writers waiting at the gate, at first and at most.
  private static let shortestSiege = Duration.milliseconds(100)
  private static let longestSiege = Duration.seconds(2)

  /// Runs `body` while nothing is deleted. What it is to refer to has to be resolved inside.
  ///
  /// Must not be called inside another call of `sharing`, `alone` or `writing`.
  ///
  /// - Throws: `StoreError.readOnly`, `.locked` after the time-out, and what `body` throws.
  func sharing<Result>(_ body: () throws(StoreError) -> Result) throws(StoreError) -> Result {
    let lock = try shared()
    defer { _ = lock }
    return try body()
  }

  private func shared() throws(StoreError) -> FileLock {
    // Given back as soon as `lock` is there.
    let gate = try take(layout.gate, .shared, what: "the deletion of objects")
    defer { _ = gate }
    return try take(layout.lock, .shared, what: "the deletion of objects")
  }

  /// Runs `turn` again and again while nobody else holds `lock`, until it answers true; each call may take 20 ms.
  /// Between two turns writers go on.
  ///
  /// - Throws: `StoreError.readOnly`, `.locked` where no turn could be had within the time-out, and what `turn` throws.
  func alone(_ turn: () throws(StoreError) -> Bool) throws(StoreError) {
    let clock = ContinuousClock()
    var lastTurn = clock.now
    var siege = StoreLocks.shortestSiege
    while true {
      try work.check()
      let isDone: Bool?
      do throws(StoreError) {
        isDone = try oneTurn(within: siege, turn)
      } catch .locked where clock.now - lastTurn < timeout {
        isDone = nil
      }
      switch isDone {
      case true?: return
      case false?:
        siege = StoreLocks.shortestSiege
        lastTurn = clock.now
        rest(StoreLocks.pause)
      case nil:
        // A writer is at work for long. Others go in and out meanwhile, for twice as long as they were kept out.
        rest(siege * 2)
        siege = min(siege * 2, StoreLocks.longestSiege)
      }
    }
  }

  private func oneTurn(
    within limit: Duration, _ turn: () throws(StoreError) -> Bool
  ) throws(StoreError) -> Bool {
    let gate = try take(layout.gate, .exclusive, what: "another deletion of objects")
    defer { _ = gate }
    let lock = try take(layout.lock, .exclusive, within: min(limit, timeout), what: "writers")
    defer { _ = lock }
    return try turn()
  }

  /// Runs `body` while nobody else moves references. Whoever needs `lock` too holds it already.
  ///
  /// - Throws: `StoreError.readOnly`, `.locked` after the time-out, and what `body` throws.
  func writing<Result>(_ body: () throws(StoreError) -> Result) throws(StoreError) -> Result {
    let lock = try take(layout.writeLock, .exclusive, what: "another writer")
    defer { _ = lock }
    return try body()
  }

  private func take(
    _ path: FilePath, _ mode: FileLock.Mode, within limit: Duration? = nil, what: String
  ) throws(StoreError) -> FileLock {
    guard mayWrite(into: layout.root) else { throw .readOnly(path: layout.root.string) }
    return try FileLock.take(path, mode, timeout: limit ?? timeout, patience: patience, work: work) {
      work.note(.waitingForLock(what))
    }
  }

  private func rest(_ duration: Duration) {
    let (seconds, attoseconds) = duration.components
    usleep(UInt32(clamping: seconds * 1_000_000 + attoseconds / 1_000_000_000_000))
  }
}
