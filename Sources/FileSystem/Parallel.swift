internal import Glibc
internal import Synchronization

/// Does numbered pieces of work on several threads, the caller's among them, and returns what came of each, in order.
///
/// The pieces are begun in order. Where one fails none is begun any more, and of those that fail the first in the
/// order is thrown. Where a thread cannot be had, the others do its part.
///
/// It blocks its caller until all is done: not to be called from an event loop, or from Swift's cooperative pool.
///
/// - Parameters:
///   - count: The number of pieces.
///   - workers: The most threads that share them.
///   - meanwhile: What the caller's thread does before it takes its part.
///   - check: Called before each piece; what it throws ends the work as if the piece had failed.
///   - begin: Makes what each thread keeps for itself.
///   - end: Takes that at the end, unless something failed before.
///   - work: Does one piece.
/// - Returns: What came of each piece.
/// - Throws: What `work` and `check` throw; if neither does, what `begin` and `end` throw.
@discardableResult
package func inParallel<State: ~Copyable, Output: Sendable, Failure: Error>(
  _ count: Int, workers: Int, meanwhile: () -> Void = {},
  check: @Sendable () throws(Failure) -> Void,
  begin: @Sendable () throws(Failure) -> State,
  end: @Sendable (consuming State) throws(Failure) -> Void,
  _ work: @Sendable (Int, inout State) throws(Failure) -> Output
) throws(Failure) -> [Output] {
  let share = SharedWork<Output, Failure>(count: count)
  @Sendable func takePart() {
    // Where the caller's thread is still at something else, all may be done already.
    guard var index = share.next() else { return }
    do throws(Failure) {
      var state = try begin()
      while true {
        do throws(Failure) {
          try check()
          share.succeed(index, try work(index, &state))
        } catch {
          share.fail(index, error)
          return
        }
        guard let following = share.next() else { break }
        index = following
      }
      if !share.hasFailed { try end(state) }
    } catch {
      share.fail(count, error)
    }
  }
  onThreads(min(workers, count), meanwhile: meanwhile, takePart)
  return try share.outputs()
}

// What follows are functions, not default values of that one: the compiler (6.3) ends itself over those where `Failure`
// is `Never`.

/// Does the same where nothing ends the work early.
@discardableResult
package func inParallel<State: ~Copyable, Output: Sendable, Failure: Error>(
  _ count: Int, workers: Int, begin: @Sendable () throws(Failure) -> State,
  end: @Sendable (consuming State) throws(Failure) -> Void,
  _ work: @Sendable (Int, inout State) throws(Failure) -> Output
) throws(Failure) -> [Output] {
  try inParallel(
    count, workers: workers, check: { () throws(Failure) in }, begin: begin, end: end, work)
}

/// Does the same on threads that keep nothing for themselves.
@discardableResult
package func inParallel<Output: Sendable, Failure: Error>(
  _ count: Int, workers: Int, meanwhile: () -> Void = {}, _ work: @Sendable (Int) throws(Failure) -> Output
) throws(Failure) -> [Output] {
  try inParallel(
    count, workers: workers, meanwhile: meanwhile, check: { () throws(Failure) in },
    begin: { () throws(Failure) in }, end: { (_: consuming Void) throws(Failure) in }
  ) { (index, _: inout Void) throws(Failure) in try work(index) }
}

/// The number of threads that work is shared out among: that of the cores; one where so few files may be open that
/// the threads would not have theirs.
package func availableCores() -> Int {
  let cores = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  var limit = rlimit()
  guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return cores }
  // A thread has a few files open, and so has the process.
  return limit.rlim_cur < rlim_t(32 + 4 * cores) ? 1 : cores
}

/// Hands out the numbers of pieces and gathers what came of them.
private final class SharedWork<Output: Sendable, Failure: Error>: Sendable {
  private let count: Int
  private let following = Atomic<Int>(0)
  private let isStopped = Atomic<Bool>(false)
  private let results: Mutex<Results>

  private struct Results {
    var outputs: [Output?]
    var firstFailure: (index: Int, error: Failure)?
  }

  init(count: Int) {
    self.count = count
    results = Mutex(Results(outputs: Array(repeating: nil, count: count)))
  }

  var hasFailed: Bool { isStopped.load(ordering: .relaxed) }

  /// The number of the next piece; nil where none is to be begun any more.
  func next() -> Int? {
    guard !hasFailed else { return nil }
    let index = following.wrappingAdd(1, ordering: .relaxed).oldValue
    return index < count ? index : nil
  }

  func succeed(_ index: Int, _ output: Output) {
    results.withLock { $0.outputs[index] = output }
  }

  func fail(_ index: Int, _ error: Failure) {
    isStopped.store(true, ordering: .relaxed)
    results.withLock { results in
      if index < results.firstFailure?.index ?? .max { results.firstFailure = (index, error) }
    }
  }

  /// What came of the pieces, in order.
  func outputs() throws(Failure) -> [Output] {
    let (outputs, failure) = results.withLock { ($0.outputs, $0.firstFailure) }
    if let failure { throw failure.error }
    return outputs.compactMap { $0 }
  }
}

/// Runs `body` on so many threads, the caller's among them, and returns when all have come to its end.
///
/// The threads are made for the purpose. libdispatch has no more than there are cores, which is too few for those that
/// wait for a disk, and it ends a process in which it gets no descriptors of its own.
private func onThreads(_ count: Int, meanwhile: () -> Void, _ body: @Sendable () -> Void) {
  withoutActuallyEscaping(body) { body in
    let task = ThreadBody(body)
    let context = Unmanaged.passUnretained(task)
    let threads = (0..<max(0, count - 1)).compactMap { _ -> pthread_t? in
      var thread = pthread_t()
      let status = pthread_create(
        &thread, nil,
        { context in
          if let context { Unmanaged<ThreadBody>.fromOpaque(context).takeUnretainedValue().run() }
          return nil
        }, context.toOpaque())
      return status == 0 ? thread : nil
    }
    meanwhile()
    task.run()
    for thread in threads { pthread_join(thread, nil) }
  }
}

/// What a new thread runs.
private final class ThreadBody: Sendable {
  let run: @Sendable () -> Void

  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}
