internal import Synchronization

/// The context of a call: its clock, the receivers of progress and notes, and its cancellation.
public struct Work: Sendable {
  /// The clock that stamps commits.
  public var now: @Sendable () -> Timestamp = { .now }
  /// Receives notes for the user.
  public var note: @Sendable (Note) -> Void = { _ in }
  /// Receives the progress of long work; called often, and from several threads.
  public var progress: @Sendable (Progress) -> Void = { _ in }
  /// Whether the work was cancelled.
  public var cancellation = Cancellation()

  /// Makes a context without receivers that is never cancelled.
  public init() {}

  /// Ends the work if it was cancelled. Call it in each loop that may be long, and while waiting for a lock.
  ///
  /// - Throws: `StoreError.cancelled`.
  public func check() throws(StoreError) {
    if cancellation.isCancelled { throw .cancelled }
  }
}

/// The cancellation of work. It cannot be undone.
public final class Cancellation: Sendable {
  private let state = Atomic(false)

  /// Makes a value that is not cancelled.
  public init() {}

  /// Whether the work was cancelled.
  public var isCancelled: Bool { state.load(ordering: .relaxed) }

  /// Asks the work to end. Can be called from any thread, and from a signal handler.
  public func cancel() { state.store(true, ordering: .relaxed) }
}

/// The progress of long work.
public struct Progress: Sendable {
  /// The phases of work.
  public enum Phase: String, Sendable {
    case adding
    case inspecting
    case exporting
    case readingHistory = "reading history"
    case findingObjects = "finding objects"
    case checking
    case packing
    case deleting
    case archiving
    case unpacking
    case publishing
  }

  /// The current phase.
  public let phase: Phase
  /// The number of finished items.
  public let done: Int
  /// The number of all items; nil if it is unknown.
  public let total: Int?
  /// The number of processed bytes.
  public let bytes: Int64

  /// Makes a report of progress.
  public init(_ phase: Phase, done: Int, total: Int?, bytes: Int64 = 0) {
    self.phase = phase
    self.done = done
    self.total = total
    self.bytes = bytes
  }
}
