import Identifiers
import Support
import Testing

@testable import Git

@Suite struct CommitQueueTests {
  /// Whatever is inserted in between, each removed commit is the newest in the queue; of those of one second, the first
  /// inserted.
  @Test(arguments: [1, 2, 3] as [UInt64]) func theNewestComesFirst(seed: UInt64) {
    var generator = Generator(seed: seed)
    var queue = CommitQueue()
    var waiting: [(id: ObjectID, time: Int64)] = []
    for number in 0..<2_000 {
      let commit = (
        ObjectID(high: UInt64(number), middle: 0, low: 0), Int64.random(in: 0..<20, using: &generator)
      )
      queue.insert(commit.0, time: commit.1)
      waiting.append(commit)
      guard Bool.random(using: &generator) else { continue }
      let newest = waiting.map(\.time).max()
      let index = waiting.firstIndex { $0.time == newest }
      #expect(queue.removeNewest() == index.map { waiting.remove(at: $0).id }, "seed \(seed)")
    }
    while queue.removeNewest() != nil { waiting.removeLast() }
    #expect(waiting.isEmpty, "seed \(seed)")
  }
}
