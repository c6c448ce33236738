import FileSystem
import Synchronization
import Testing

private struct NumberedError: Error, Hashable {
  let number: Int
}

/// State of a thread: it must be neither copied nor lost.
private struct Tally: ~Copyable {
  var pieces: [Int] = []
}

@Suite struct ParallelTests {
  @Test(arguments: [0, 1, 2, 1000], [0, 1, 2, 7]) func whatCameOfThePiecesIsInTheirOrder(
    count: Int, workers: Int
  ) {
    let outputs = inParallel(count, workers: workers) { $0 * $0 }
    #expect(outputs == (0..<count).map { $0 * $0 })
  }

  /// Two pieces that wait for each other can only be completed by two threads.
  @Test func threadsWorkAtTheSameTime() throws {
    let arrived = Atomic<Int>(0)
    try inParallel(4, workers: 4) { (_) throws(NumberedError) in
      arrived.wrappingAdd(1, ordering: .sequentiallyConsistent)
      while arrived.load(ordering: .sequentiallyConsistent) < 4 {}
    }
    #expect(arrived.load(ordering: .sequentiallyConsistent) == 4)
  }

  @Test(arguments: [1, 2, 8]) func theFirstFailureInTheOrderIsThrown(workers: Int) {
    for failing in [[0], [500], [3, 4, 5, 6, 7, 8, 9], [999, 998]] {
      let error = #expect(throws: NumberedError.self) {
        try inParallel(1000, workers: workers) { (index) throws(NumberedError) in
          if failing.contains(index) { throw NumberedError(number: index) }
        }
      }
      #expect(error?.number == failing.min())
    }
  }

  @Test func nothingIsBegunAfterAFailure() {
    let begun = Atomic<Int>(0)
    #expect(throws: NumberedError(number: 10)) {
      try inParallel(1_000_000, workers: 4) { (index) throws(NumberedError) in
        begun.wrappingAdd(1, ordering: .relaxed)
        if index == 10 { throw NumberedError(number: 10) }
      }
    }
    #expect(begun.load(ordering: .relaxed) < 1_000_000)
  }

  @Test func theCheckEndsTheWork() {
    let checks = Atomic<Int>(0)
    let done = Atomic<Int>(0)
    #expect(throws: NumberedError(number: -1)) {
      try inParallel(
        1000, workers: 2,
        check: { () throws(NumberedError) in
          if checks.wrappingAdd(1, ordering: .relaxed).newValue > 5 { throw NumberedError(number: -1) }
        }, begin: { () throws(NumberedError) in Tally() }, end: { (_) throws(NumberedError) in }
      ) { (_, _) throws(NumberedError) in
        done.wrappingAdd(1, ordering: .relaxed)
      }
    }
    #expect(done.load(ordering: .relaxed) == 5)
  }

  @Test(arguments: [1, 3]) func eachThreadKeepsItsOwnAndEndsIt(workers: Int) throws {
    let pieces = Mutex<[[Int]]>([])
    try inParallel(
      100, workers: workers, begin: { () throws(NumberedError) in Tally() },
      end: { (tally) throws(NumberedError) in
        let done = tally.pieces
        pieces.withLock { $0.append(done) }
      }
    ) { (index, tally) throws(NumberedError) in tally.pieces.append(index) }
    let kept = pieces.withLock { $0 }
    #expect(kept.count <= workers)
    #expect(kept.joined().sorted() == Array(0..<100))
    #expect(kept.allSatisfy { $0 == $0.sorted() })
  }

  @Test func whatCannotBeginOrEndFailsAfterThePieces() {
    #expect(throws: NumberedError(number: 1)) {
      try inParallel(
        3, workers: 2, begin: { () throws(NumberedError) in throw NumberedError(number: 1) },
        end: { (_: consuming Tally) throws(NumberedError) in }
      ) { (_, _: inout Tally) throws(NumberedError) in }
    }
    #expect(throws: NumberedError(number: 2)) {
      try inParallel(
        3, workers: 2, begin: { () throws(NumberedError) in Tally() },
        end: { (_) throws(NumberedError) in throw NumberedError(number: 2) }
      ) { (_, _) throws(NumberedError) in }
    }
  }

  @Test(arguments: [0, 5]) func theCallerDoesSomethingElseFirst(count: Int) throws {
    var isDone = false
    try inParallel(count, workers: 2, meanwhile: { isDone = true }) { (_) throws(NumberedError) in }
    #expect(isDone)
  }

  @Test func workMayBeSharedOutWithinAPiece() throws {
    let sums = try inParallel(4, workers: 2) { (outer) throws(NumberedError) in
      try inParallel(10, workers: 2) { (inner) throws(NumberedError) in outer * 10 + inner }.reduce(0, +)
    }
    #expect(sums == [45, 145, 245, 345])
  }

  @Test func thereIsAtLeastOneCore() { #expect(availableCores() >= 1) }
}
