internal import HeapModule
internal import Identifiers

/// Commits that wait to be visited, the newest first; those of one second in the order of their coming.
///
/// A heap: a walk over a wide history holds many commits at a time.
struct CommitQueue {
  /// A commit that waits; the one that comes out first is the greatest.
  private struct Element: Comparable {
    let id: ObjectID
    let time: Int64
    /// How many were put in before it.
    let number: Int

    static func < (left: Element, right: Element) -> Bool {
      left.time != right.time ? left.time < right.time : left.number > right.number
    }
  }

  private var heap = Heap<Element>()
  private var count = 0

  mutating func insert(_ id: ObjectID, time: Int64) {
    heap.insert(Element(id: id, time: time, number: count))
    count += 1
  }

  mutating func removeNewest() -> ObjectID? { heap.popMax()?.id }
}
