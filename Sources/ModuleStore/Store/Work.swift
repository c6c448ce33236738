internal import Synchronization

/// What goes along with a call: the clock, who is told of progress and notes, and whether the call is still wanted.
public struct Work: Sendable {
  /// The clock that stamps commits.
  public var now: @Sendable () -> Timestamp = { .now }
  /// Takes what a person may want to know.
  public var note: @Sendable (Note) -> Void = { _ in }
  /// Takes the progress of long work; called often, and by several threads.
  public var progress: @Sendable (Progress) -> Void = { _ in }
  /// Whether the work is still wanted.
  public var cancellation = Cancellation()

  /// Makes work of which nobody is told and that nobody cancels.
  public init() {}

  /// Ends the work if it is not wanted any more. To be called in each loop that may be long, and while waiting for a lock.
  ///
  /// - Throws: `StoreError.cancelled`.
  public func check() throws(StoreError) {
    if cancellation.isCancelled { throw .cancelled }
  }
}

/// Says whether work is still wanted. What is cancelled stays so.
public final class Cancellation: Sendable {
  private let state = Atomic(false)

  /// Makes one that is not cancelled.
  public init() {}

  /// Whether the work is not wanted any more.
  public var isCancelled: Bool { state.load(ordering: .relaxed) }

  /// Asks the work to end. May be called from any thread, and from a signal handler.
  public func cancel() { state.store(true, ordering: .relaxed) }
}

/// How far long work has come.
public struct Progress: Sendable {
  /// What is being done.
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

  /// What is being done.
  public let phase: Phase
  /// How many things are done.
  public let done: Int
  /// How many there are; nil while it is unknown.
  public let total: Int?
  /// The number of bytes done.
  public let bytes: Int64

  /// Makes a report of progress.
  public init(_ phase: Phase, done: Int, total: Int?, bytes: Int64 = 0) {
    self.phase = phase
    self.done = done
    self.total = total
    self.bytes = bytes
  }
}
