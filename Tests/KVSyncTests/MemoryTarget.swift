import Identifiers
import JSONText

@testable import KVSync

/// A place to publish to, in memory: values, and one head, which counts requests.
final class MemoryTarget: PublishTarget {
  struct Moved: Error {}

  private(set) var values: [String: [UInt8]] = [:]
  private(set) var entries: [JSONValue] = []
  private(set) var requestCount = 0
  /// The bytes that were stored since this was set to nought.
  var storedBytes = 0
  /// Is run before the next move of the head.
  var beforeMove: (() throws -> Void)?

  func requestsToPrepare() -> Int { 0 }

  func value(_ key: String) throws -> [UInt8]? {
    requestCount += 1
    return values[key]
  }

  func store(_ values: [StoredValue]) throws {
    requestCount += 1
    for value in values { keep(value) }
  }

  func storeAlone(_ value: StoredValue) throws {
    requestCount += 1
    keep(value)
  }

  private func keep(_ value: StoredValue) {
    values[value.key] = value.bytes
    storedBytes += value.bytes.count
  }

  private var head: JSONValue {
    .object([
      ("entries", .array(entries)), ("epoch", .number(0)), ("floor", .number(1)),
      ("now", .number(1_800_000_000)),
    ])
  }

  func head(_ path: String, _ body: JSONValue?) throws -> JSONValue {
    requestCount += 1
    guard let body else { return head }
    let hook = beforeMove
    beforeMove = nil
    try hook?()
    let newest = entries.first?["revision"]?.number ?? 0
    guard body["expect"]?.number == newest else { throw Moved() }
    var source = body
    var from = newest + 1
    if body["kind"]?.text == "rollback" {
      source = entries.first { $0["revision"]?.number == body["to"]?.number } ?? body
      from = source["from"]?.number ?? from
    }
    entries.insert(
      .object([
        ("revision", .number(newest + 1)), ("kind", body["kind"] ?? .null), ("from", .number(from)),
        ("manifest", source["manifest"] ?? .null), ("commit", source["commit"] ?? .null),
        ("tree", source["tree"] ?? .null), ("by", body["by"] ?? .null), ("at", .number(1_800_000_000)),
      ]), at: 0)
    return head
  }

  func isMove(_ error: any Error) -> Bool { error is Moved }
}
