internal import FileSystem
internal import Glibc
internal import SystemPackage

/// The three locks of a store. Each is a file locked with `flock`; the system releases it when the process ends.
///
/// A process takes them in this order, and never waits for a lock that is before one that it holds:
///
/// 1. `gate`: shared by writers for the moment in which they take `lock`; held exclusively by a process that wants
///    `lock` exclusively, so that a series of writers cannot block it forever.
/// 2. `lock`: shared by processes that resolve names to objects in order to refer to them, or that write objects
///    without a reference; held exclusively while objects are deleted.
/// 3. `write.lock`: held exclusively while references move.
///
/// No process holds `lock` while it waits for a pipe, a socket or a person.
struct StoreLocks {
  let layout: StorePaths
  /// How long to wait for each lock.
  let timeout: Duration
  /// How long to wait before the wait is reported.
  let patience: Duration
  /// Receives a note about the wait, and can cancel it.
  let work: Work

  /// The maximum time of one turn of a deletion. The caller of `alone` must keep it.
  static let turn = Duration.milliseconds(20)
  /// The time that writers have between two turns.
  private static let pause = Duration.milliseconds(40)
  /// The shortest and longest time for which `alone` blocks writers at the gate.
  private static let shortestSiege = Duration.milliseconds(100)
  private static let longestSiege = Duration.seconds(2)

  /// Runs `body` while nothing is deleted. `body` must itself resolve the names of the objects that it refers to.
  ///
  /// Do not call it inside another call of `sharing`, `alone` or `writing`.
  ///
  /// - Throws: `StoreError.readOnly`, `.locked` after the time-out, and errors of `body`.
  func sharing<Result>(_ body: () throws(StoreError) -> Result) throws(StoreError) -> Result {
    let lock = try shared()
    defer { _ = lock }
    return try body()
  }

  private func shared() throws(StoreError) -> FileLock {
    // Released as soon as `lock` is taken.
    let gate = try take(layout.gate, .shared, what: "the deletion of objects")
    defer { _ = gate }
    return try take(layout.lock, .shared, what: "the deletion of objects")
  }

  /// Calls `turn` repeatedly while no other process holds `lock`, until it returns true; each call may take 20 ms.
  /// Writers run between two turns.
  ///
  /// - Throws: `StoreError.readOnly`, `.locked` if no turn was possible within the time-out, and errors of `turn`.
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
        // A writer takes long. Let others in and out meanwhile, for twice the time that they were blocked.
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

  /// Runs `body` while no other process moves references. If `lock` is needed too, the caller already holds it.
  ///
  /// - Throws: `StoreError.readOnly`, `.locked` after the time-out, and errors of `body`.
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
