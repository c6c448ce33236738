internal import ByteText

extension EdgeServer {
  /// The time for which the last known head is served if none can be read, in milliseconds.
  private static let lastHeadAge: Int64 = 86_400_000
  /// The time for which a head is not requested again after it could not be read, in milliseconds.
  private static let pause: Int64 = 2_000

  /// Finds the head of the served branch; nil if none is known.
  func head(_ exchange: Exchange, _ now: Int64) throws(Step) -> PublishedHead? {
    if let head = exchange.head { return head }
    if let known, now &- knownAt < settings.headAge, now >= knownAt {
      exchange.head = known
      return known
    }
    let last = now &- knownAt < EdgeServer.lastHeadAge ? known : nil
    let isPausing = last != nil && now &- failedAt < EdgeServer.pause
    if !exchange.hasFailed, !isPausing { throw Step(settings.hasObject ? .head : .headValue) }
    if last == nil, !exchange.hasMatched { throw Step(.match) }
    exchange.isCurrent = false
    exchange.head = last
    return last
  }

  /// Forwards a request for heads to the object, if the client is authorised.
  func forward(_ exchange: Exchange) throws(Step) {
    guard settings.hasObject else { return refuse(404, "not_found", "no heads are stored here", exchange) }
    guard settings.tokens.admit(exchange.request["authorization"]) else {
      return refuse(401, "refused", "the token is missing or unknown", exchange)
    }
    guard !exchange.hasFailed else {
      return refuse(503, "unavailable", "cannot reach the head", exchange)
    }
    throw Step(.forward)
  }
}

extension Exchange {
  /// Whether the request is for data of the object.
  var isForObject: Bool {
    let path = request.path
    guard path.starts(with: "/.wasmstore/v1/") else { return false }
    let rest = path.from(15)
    return rest == "heads" || rest == "prune" || rest.starts(with: "head/")
      || rest.starts(with: "log/")
  }
}
