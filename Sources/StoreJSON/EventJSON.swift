internal import Identifiers
public import JSONText
public import ModuleStore

extension StoreEvent {
  /// The changes in the format of the older tool: an object with a member for each path, in their order.
  public var changesJSON: JSONValue {
    .object(changes.map { change in (change.path.text, change.eventJSON) })
  }

  /// The changes with the commit from which a reader can continue.
  public var json: JSONValue {
    .object([("commit", .optional(commit?.hex)), ("changes", changesJSON)])
  }
}

extension Change {
  fileprivate var eventJSON: JSONValue {
    let hash: JSONValue
    if let old, let new {
      hash = .object([("old", .text(old.hex)), ("new", .text(new.hex))])
    } else {
      hash = .optional((new ?? old)?.hex)
    }
    return .object([("action", .text(kind.rawValue)), ("hash", hash)])
  }
}
