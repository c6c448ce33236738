internal import JSONText
internal import KVSync
internal import WorkersKV

/// The heads that a Worker or a server stores (Documentation/kv.md, "Head"). Each call waits for its answer.
final class ServedHeads: HeadStore, LeaseStore {
  private let client: HeadClient

  /// Creates the store of heads of a client.
  init(_ client: HeadClient) { self.client = client }

  var requestCount: Int { client.requestCount }

  var leases: (any LeaseStore)? { self }

  var url: String? { client.url }

  func head(_ name: HeadName) throws -> Head { try ask("head/\(name)") { Head($0) } }

  func log(_ name: HeadName, before revision: Int64?, limit: Int) throws -> HeadLog {
    let before = revision.map { "before=\($0)&" } ?? ""
    return try ask("log/\(name)?\(before)limit=\(limit)") { HeadLog($0) }
  }

  func heads() throws -> [HeadSummary] {
    try ask("heads") { json in
      guard case .array(let items)? = json["heads"] else { return nil }
      let heads = items.compactMap { HeadSummary($0) }
      return heads.count == items.count ? heads : nil
    }
  }

  func publish(_ change: HeadPublish, to name: HeadName) throws -> Head.Entry {
    try ask("head/\(name)", change.json) { $0["entry"].flatMap { Head.Entry($0) } }
  }

  func rollback(_ change: HeadRollback, of name: HeadName) throws -> Head.Entry {
    try ask("head/\(name)", change.json) { $0["entry"].flatMap { Head.Entry($0) } }
  }

  func raiseFloor(of name: HeadName, to floor: Int64, expecting revision: Int64) throws -> Head {
    let body = JSONValue.object([
      ("kind", .text("floor")), ("expect", .number(revision)), ("floor", .number(floor)),
    ])
    return try ask("head/\(name)", body) { Head($0) }
  }

  func lease(_ id: String, epoch: Int64, seconds: Int64) throws -> Lease {
    let body = JSONValue.object([
      ("epoch", .number(epoch)), ("id", .text(id)), ("seconds", .number(seconds)),
    ])
    return try ask("prune", body) { Lease($0) }
  }

  /// Sends a request, and parses the answer.
  private func ask<Answer>(
    _ path: String, _ body: JSONValue? = nil, _ read: (JSONValue) -> Answer?
  ) throws -> Answer {
    switch try waitFor({ [client] in try await client.ask(path, body) }) {
    case .done(let json):
      guard let answer = read(json) else { throw PublishError.unreadableHead }
      return answer
    case .conflict(let code, let json):
      let head = json["head"].flatMap { Head($0) }
      switch code {
      case "moved": throw HeadConflict.moved(head)
      case "pruned": throw HeadConflict.pruned(head)
      case "below_floor": throw HeadConflict.belowFloor(head)
      default:
        if body != nil { throw HeadConflict.unknownRevision }
        throw KVError.notFound("heads")
      }
    }
  }
}
