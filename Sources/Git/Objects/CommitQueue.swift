internal import Identifiers

/// Commits that wait to be visited, the newest first; those of one second in the order of their coming.
///
/// A binary heap: a walk over a wide history holds many commits at a time.
struct CommitQueue {
  private struct Element {
    let id: ObjectID
    let time: Int64
    let number: Int

    func precedes(_ other: Element) -> Bool {
      time != other.time ? time > other.time : number < other.number
    }
  }

  private var heap: [Element] = []
  private var count = 0

  mutating func insert(_ id: ObjectID, time: Int64) {
    heap.append(Element(id: id, time: time, number: count))
    count += 1
    var child = heap.count - 1
    while child > 0, heap[child].precedes(heap[(child - 1) / 2]) {
      heap.swapAt(child, (child - 1) / 2)
      child = (child - 1) / 2
    }
  }

  mutating func removeNewest() -> ObjectID? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    guard !heap.isEmpty else { return first.id }
    heap[0] = last
    var parent = 0
    while true {
      var next = parent
      for child in [2 * parent + 1, 2 * parent + 2]
      where child < heap.count && heap[child].precedes(heap[next]) {
        next = child
      }
      if next == parent { return first.id }
      heap.swapAt(parent, next)
      parent = next
    }
  }
}
