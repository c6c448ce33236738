internal import ByteText

extension EdgeServer {
  /// How many revisions before the newest one old paths are looked for in.
  private static let oldRevisions = 3
  /// How long a revision's paths are served after the next one came, in seconds.
  private static let oldAge: Int64 = 86_400

  /// Answers a request.
  func answer(_ exchange: Exchange, _ now: Int64) throws(Step) {
    let request = exchange.request
    if exchange.isForObject { return try forward(exchange) }
    guard request.method.equals("GET") || request.isHead else { return refuseMethod(exchange) }
    if request.path.starts(with: "/.wasmstore/") { return try answerDigest(exchange) }
    guard let head = try head(exchange, now) else {
      return refuse(503, "unavailable", "the head is out of reach", exchange)
    }
    try answerFile(exchange, head)
  }

  private func answerFile(_ exchange: Exchange, _ head: PublishedHead) throws(Step) {
    guard let newest = head.entries.first else {
      return refuse(404, "not_found", "nothing is published", exchange)
    }
    exchange.seek(digester, scratch)
    var revision = newest.revision
    var status: Int64 = 200
    var found = try find(exchange.sought, head, &revision, exchange)
    if case .absent = found {
      if settings.isSinglePage, exchange.couldBePage {
        found = try find([page("index.html")], head, &revision, exchange)
      } else if settings.hasNotFoundPage {
        status = 404
        found = try find([page("404.html")], head, &revision, exchange)
      }
    }
    switch found {
    case .row(let content):
      content.status = status
      content.revision = revision
      // What a version lacks makes another one the answer.
      if try !answer(content, exchange) { try answerFile(exchange, head) }
    case .absent:
      begin(404, exchange)
      header("x-wasmstore-revision", revision)
      end(error: "not_found", "there is no such file", exchange)
    case .unreadable:
      refuse(503, "unavailable", "what is published cannot be read now", exchange)
    }
  }

  private func page(_ name: StaticString) -> SoughtPath {
    SoughtPath(path: Bytes(name), key: digester.digest(of: Bytes(name)))
  }

  /// Looks in the newest revision, and where that cannot be read in the one before, as a whole. Nothing goes past a
  /// barrier, so what was rolled back does not come back.
  private func find(
    _ sought: [SoughtPath], _ head: PublishedHead, _ revision: inout Int64, _ exchange: Exchange
  ) throws(Step) -> LookUp {
    let entries = head.entries
    for place in 0..<entries.count {
      revision = entries[place].revision
      let found = try search(sought, entries[place], exchange)
      if case .absent = found { return try findOld(sought, behind: place, head, &revision, exchange) }
      if case .row = found { return found }
      if entries[place].isBarrier { break }
    }
    return .unreadable
  }

  /// Looks for what the revisions before had, for pages that were loaded then.
  private func findOld(
    _ sought: [SoughtPath], behind place: Int, _ head: PublishedHead, _ revision: inout Int64,
    _ exchange: Exchange
  ) throws(Step) -> LookUp {
    let entries = head.entries
    var result = LookUp.absent
    var next = place + 1
    while next <= EdgeServer.oldRevisions, next < entries.count {
      let successor = entries[next - 1]
      if successor.isBarrier || head.now - successor.time >= EdgeServer.oldAge { break }
      let found = try search(sought, entries[next], exchange)
      if case .row = found {
        revision = entries[next].revision
        return found
      }
      if case .unreadable = found { result = found }
      next += 1
    }
    return result
  }

  private func search(_ sought: [SoughtPath], _ entry: PublishedHead.Entry, _ exchange: Exchange) throws(Step)
    -> LookUp
  {
    for path in sought {
      let found = try lookUp(path, entry, exchange)
      if case .absent = found { continue }
      if case .row(let row) = found, exchange.isMissing(row.digest) { return .unreadable }
      return found
    }
    return .absent
  }

  private func lookUp(_ path: SoughtPath, _ entry: PublishedHead.Entry, _ exchange: Exchange) throws(Step)
    -> LookUp
  {
    guard let root = ManifestRoot(try value("m", entry.manifest, exchange)) else { return .unreadable }
    let index = root.index(path.key)
    let digest = root.shard(index)
    if digest == .zeros { return .absent }
    guard let shard = ManifestShard(try value("s", digest, exchange)), shard.belongs(index, root.bits) else {
      return .unreadable
    }
    return shard.lookUp(path)
  }

  /// A value by its digest; nothing where it could not be read.
  func value(_ prefix: StaticString, _ digest: Digest, _ exchange: Exchange) throws(Step) -> Bytes {
    for value in exchange.values where value.digest == digest { return value.bytes }
    if exchange.isMissing(digest) { return .none }
    guard let value = values.value(digest) else {
      throw Step(.get, prefix, digest, for: digest, seconds: Step.long)
    }
    // It stays until the request is answered, whatever the cache forgets.
    exchange.values.append(value)
    return value.bytes
  }

  private func refuseMethod(_ exchange: Exchange) {
    let request = exchange.request
    if request.method.equals("OPTIONS"), !settings.allowedOrigin(request["origin"]).isEmpty {
      begin(204, exchange)
      header("access-control-allow-methods", "GET, HEAD")
      header("access-control-allow-headers", "If-Match, If-Modified-Since, If-None-Match, If-Range, Range")
      header("access-control-max-age", "86400")
      return end()
    }
    begin(405, exchange)
    header("allow", "GET, HEAD")
    end(error: "invalid_input", "files are read with GET and HEAD", exchange)
  }
}
