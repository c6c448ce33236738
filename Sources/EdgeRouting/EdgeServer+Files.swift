internal import ByteText

extension EdgeServer {
  /// The number of revisions before the newest one in which old paths are searched for.
  private static let oldRevisions = 3
  /// The time for which a revision's paths are served after the next one was published, in seconds.
  private static let oldAge: Int64 = 86_400

  /// Answers a request.
  func answer(_ exchange: Exchange, _ now: Int64) throws(Step) {
    let request = exchange.request
    if exchange.isForObject { return try forward(exchange) }
    guard request.method == "GET" || request.isHead else { return refuseMethod(exchange) }
    if request.path.starts(with: "/.wasmstore/") { return try answerDigest(exchange) }
    guard let head = try head(exchange, now) else {
      return refuse(503, "unavailable", "cannot reach the head", exchange)
    }
    try answerFile(exchange, head)
  }

  private func answerFile(_ exchange: Exchange, _ head: PublishedHead) throws(Step) {
    guard let newest = head.newest?.value else {
      return refuse(404, "not_found", "nothing is published", exchange)
    }
    exchange.seek(scratch)
    var revision = newest.revision
    var status: Int64 = 200
    var found = try find(exchange.sought, head, &revision, exchange)
    if case .absent = found {
      if settings.isSinglePage, exchange.couldBePage {
        found = try find(page("index.html"), head, &revision, exchange)
      } else if settings.hasNotFoundPage {
        status = 404
        found = try find(page("404.html"), head, &revision, exchange)
      }
    }
    switch found {
    case .row(let content):
      content.status = status
      content.revision = revision
      // If a version is incomplete, another one is used for the answer.
      if try !answer(content, exchange) { try answerFile(exchange, head) }
    case .absent:
      begin(404, exchange)
      header("x-wasmstore-revision", revision)
      end(error: "not_found", "there is no such file", exchange)
    case .unreadable:
      refuse(503, "unavailable", "the files cannot be read now", exchange)
    }
  }

  private func page(_ name: Bytes) -> Linked<SoughtPath> {
    Linked(SoughtPath(name))
  }

  /// Searches the newest revision, and if that cannot be read completely, the one before. Earlier revisions than a
  /// barrier are not used, so that a rolled-back version does not return.
  private func find(
    _ sought: Linked<SoughtPath>?, _ head: PublishedHead, _ revision: inout Int64, _ exchange: Exchange
  ) throws(Step) -> LookUp {
    var (next, place) = (head.newest, 0)
    while let entry = next {
      revision = entry.value.revision
      let found = try search(sought, entry.value, exchange)
      if case .absent = found { return try findOld(sought, behind: entry, place, head, &revision, exchange) }
      if case .row = found { return found }
      if entry.value.isBarrier { break }
      (next, place) = (entry.next, place &+ 1)
    }
    return .unreadable
  }

  /// Searches the revisions before, for pages that were loaded from them.
  private func findOld(
    _ sought: Linked<SoughtPath>?, behind entry: Linked<PublishedHead.Entry>, _ place: Int,
    _ head: PublishedHead,
    _ revision: inout Int64, _ exchange: Exchange
  ) throws(Step) -> LookUp {
    var result = LookUp.absent
    var (successor, place) = (entry, place &+ 1)
    while place <= EdgeServer.oldRevisions, let old = successor.next {
      if successor.value.isBarrier || head.now &- successor.value.time >= EdgeServer.oldAge { break }
      let found = try search(sought, old.value, exchange)
      if case .row = found {
        revision = old.value.revision
        return found
      }
      if case .unreadable = found { result = found }
      (successor, place) = (old, place &+ 1)
    }
    return result
  }

  private func search(_ sought: Linked<SoughtPath>?, _ entry: PublishedHead.Entry, _ exchange: Exchange)
    throws(Step)
    -> LookUp
  {
    var next = sought
    while let path = next {
      let found = try lookUp(path.value.path, entry, exchange)
      if case .row(let row) = found, exchange.isMissing(row.digest) { return .unreadable }
      guard case .absent = found else { return found }
      next = path.next
    }
    return .absent
  }

  private func lookUp(_ path: Bytes, _ entry: PublishedHead.Entry, _ exchange: Exchange) throws(Step)
    -> LookUp
  {
    guard let root = ManifestRoot(try value("m", entry.manifest, exchange)) else { return .unreadable }
    let key = digester.digest(of: path)
    let index = root.index(key)
    guard let digest = root.shard(index) else { return .absent }
    guard let shard = ManifestShard(try value("s", digest, exchange)), shard.belongs(index, root.bits) else {
      return .unreadable
    }
    return shard.lookUp(path, key)
  }

  /// A value by its digest; no bytes if it could not be read.
  func value(_ prefix: Bytes, _ digest: Digest, _ exchange: Exchange) throws(Step) -> Bytes {
    if let value = exchange.value(digest) { return value }
    if exchange.isMissing(digest) { return .none }
    guard let value = values.value(digest) else {
      throw Step(.get, prefix, digest, seconds: Step.long)
    }
    // It stays until the request is answered, even if the cache removes it.
    exchange.keep(value)
    return value.bytes
  }

  private func refuseMethod(_ exchange: Exchange) {
    let request = exchange.request
    if request.method == "OPTIONS", !settings.allowedOrigin(request["origin"]).isEmpty {
      begin(204, exchange)
      header("access-control-allow-methods", "GET, HEAD")
      header("access-control-allow-headers", "*")
      header("access-control-max-age", "86400")
      return end()
    }
    begin(405, exchange)
    header("allow", "GET, HEAD")
    end(error: "invalid_input", "only GET and HEAD are allowed", exchange)
  }
}
