internal import HeapModule
internal import Identifiers

/// Commits that wait to be visited, the newest first; those of the same second in the order of insertion.
///
/// A heap: a walk over a wide history holds many commits at a time.
struct CommitQueue {
  /// A commit that waits; the greatest one is removed first.
  private struct Element: Comparable {
    let id: ObjectID
    let time: Int64
    /// The number of commits inserted before it.
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
