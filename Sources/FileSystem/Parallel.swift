internal import Glibc
internal import Synchronization

/// Does numbered pieces of work on several threads, including the caller's, and returns the results in order.
///
/// The pieces are started in order. After a failure no further piece is started, and the error of the first failed
/// piece in the order is thrown. If a thread cannot be created, the other threads do its work.
///
/// It blocks the caller until everything is done: do not call it from an event loop or from Swift's cooperative pool.
///
/// - Parameters:
///   - count: The number of pieces.
///   - workers: The maximum number of threads.
///   - meanwhile: What the caller's thread does before it works on pieces.
///   - check: Called before each piece; an error that it throws ends the work as if the piece had failed.
///   - begin: Creates the state of each thread.
///   - end: Receives that state at the end, unless something failed before.
///   - work: Does one piece.
/// - Returns: The result of each piece.
/// - Throws: Errors of `work` and `check`; if they throw none, errors of `begin` and `end`.
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
    // If the caller's thread was busy with `meanwhile`, all pieces may be done already.
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

// The following are functions and not default values, because the compiler (6.3) crashes on default values where
// `Failure` is `Never`.

/// Does the same without a check.
@discardableResult
package func inParallel<State: ~Copyable, Output: Sendable, Failure: Error>(
  _ count: Int, workers: Int, begin: @Sendable () throws(Failure) -> State,
  end: @Sendable (consuming State) throws(Failure) -> Void,
  _ work: @Sendable (Int, inout State) throws(Failure) -> Output
) throws(Failure) -> [Output] {
  try inParallel(
    count, workers: workers, check: { () throws(Failure) in }, begin: begin, end: end, work)
}

/// Does the same with threads that have no state.
@discardableResult
package func inParallel<Output: Sendable, Failure: Error>(
  _ count: Int, workers: Int, meanwhile: () -> Void = {}, _ work: @Sendable (Int) throws(Failure) -> Output
) throws(Failure) -> [Output] {
  try inParallel(
    count, workers: workers, meanwhile: meanwhile, check: { () throws(Failure) in },
    begin: { () throws(Failure) in }, end: { (_: consuming Void) throws(Failure) in }
  ) { (index, _: inout Void) throws(Failure) in try work(index) }
}

/// The number of threads that share work: the number of cores, or one if the limit on open files is too low for more.
package func availableCores() -> Int {
  let cores = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))
  var limit = rlimit()
  guard getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0 else { return cores }
  // Each thread has a few files open, and so has the process.
  return limit.rlim_cur < rlim_t(32 + 4 * cores) ? 1 : cores
}

/// Hands out the numbers of pieces and collects the results.
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

  /// The number of the next piece; nil if no further piece is to be started.
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

  /// The results of the pieces, in order.
  func outputs() throws(Failure) -> [Output] {
    let (outputs, failure) = results.withLock { ($0.outputs, $0.firstFailure) }
    if let failure { throw failure.error }
    return outputs.compactMap { $0 }
  }
}

/// Runs `body` on this number of threads, including the caller's, and returns when all have finished.
///
/// The threads are created for this call. libdispatch has only as many as there are cores, which is too few for
/// threads that wait for a disk, and it crashes a process if it gets no descriptors of its own.
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

/// The function of a new thread.
private final class ThreadBody: Sendable {
  let run: @Sendable () -> Void

  init(_ run: @escaping @Sendable () -> Void) { self.run = run }
}
