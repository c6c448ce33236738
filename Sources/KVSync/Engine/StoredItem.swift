internal import ModuleStore

/// A value that was stored, or would be stored.
public struct StoredItem: Hashable, Sendable {
  /// The key.
  public let key: ValueKey
  /// The number of bytes.
  public let size: Int
  /// The first path with this content; nil for a part of a manifest.
  public let path: [UInt8]?
}

/// The values that were stored, or would be stored. Each is described when it is asked for: a list of the descriptions of
/// all files takes as much memory as the files.
public struct StoredItems: RandomAccessCollection, Sendable {
  private let queue: StoringQueue?

  /// Creates an empty list.
  init() { queue = nil }

  /// - Parameter queue: The values.
  init(of queue: StoringQueue) { self.queue = queue }

  /// The index of the first item.
  public var startIndex: Int { 0 }
  /// The index after the last item.
  public var endIndex: Int { queue?.itemCount ?? 0 }

  /// An item.
  public subscript(index: Int) -> StoredItem {
    // As in an array, an index outside the list is a fault of the caller.
    guard let queue else { preconditionFailure("there are no items") }
    return queue.item(at: index)
  }
}
