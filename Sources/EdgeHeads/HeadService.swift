package import ByteText

/// The object that stores the heads of a deployment: revisions of branches, their floors, their logs, and the lease of
/// a prune (Documentation/kv.md, "Head"). Its host runs each request as one transaction.
package final class HeadService<Storage: HeadStorage> {
  let statement: Statement<Storage>
  /// The body of the answer.
  let body = TextWriter()
  /// The answer for the host: a line with a status and header fields as JSON, then the body.
  package let output: TextWriter
  private let scratch = TextWriter()
  private var hasTables = false
  /// The newest entries of the head that was used last.
  var newest = NewestEntries(HeadName(store: .none, branch: .none))
  /// The present time, in seconds since 1970.
  var now: Int64 = 0

  /// The number of entries that a head shows.
  static var shownCount: Int64 { 8 }
  /// The maximum number of bytes in a body.
  private static var bodyLimit: Int { 8_192 }

  /// Creates a service.
  ///
  /// - Parameters:
  ///   - storage: The database.
  ///   - output: The buffer for its answers to the host.
  package init(_ storage: Storage, telling output: TextWriter) {
    statement = Statement(storage)
    self.output = output
  }

  /// Answers a request.
  ///
  /// - Parameters:
  ///   - request: The method, a space and the URL on the first line; then the body, or a part of it that is longer than
  ///     the limit.
  ///   - memory: The owner of the request.
  ///   - now: The present time, in milliseconds since 1970.
  package func answer(_ request: Bytes, in memory: Memory, now: Int64) {
    self.now = now / 1_000
    let line = request.part(0, request.first(0x0a))
    let space = line.first(0x20)
    let url = line.from(space + 1)
    let host = url.first(0x2f, from: url.first(0x3a) + 3)
    let query = url.first(0x3f)
    body.clear()
    var status: Int64 = 200
    var allowed: Bytes = ""
    do throws(HeadRefusal) {
      makeTables()
      try answer(
        line.part(0, space), url.part(host, query), url.from(query + 1), request.from(line.count + 1), memory,
        &allowed)
    } catch {
      status = error.status
      tell(error)
    }
    output.clear()
    output.append("{\"status\":")
    output.append(number: status)
    output.append(",\"headers\":{\"content-type\":\"application/json\",\"cache-control\":\"no-store\"")
    if !allowed.isEmpty {
      output.append(",\"allow\":\"")
      output.append(allowed)
      output.append("\"")
    }
    output.append("}}\n")
    output.append(body.bytes)
  }

  private func makeTables() {
    guard !hasTables else { return }
    statement.begin(
      """
      CREATE TABLE IF NOT EXISTS heads (store TEXT NOT NULL, branch TEXT NOT NULL, revision INTEGER NOT NULL, \
      floor INTEGER NOT NULL, PRIMARY KEY (store, branch)) WITHOUT ROWID
      """
    ).run()
    statement.begin(
      """
      CREATE TABLE IF NOT EXISTS log (store TEXT NOT NULL, branch TEXT NOT NULL, revision INTEGER NOT NULL, \
      id TEXT NOT NULL, kind TEXT NOT NULL, manifest TEXT NOT NULL, git_commit TEXT, tree TEXT, \
      origin INTEGER NOT NULL, barrier INTEGER NOT NULL, author TEXT NOT NULL, at INTEGER NOT NULL, \
      PRIMARY KEY (store, branch, revision), UNIQUE (store, branch, id)) WITHOUT ROWID
      """
    ).run()
    statement.begin(
      "CREATE TABLE IF NOT EXISTS prune (one INTEGER PRIMARY KEY CHECK (one = 1), epoch INTEGER, id TEXT, until INTEGER)"
    ).run()
    hasTables = true
  }

  // MARK: Routes

  private func answer(
    _ method: Bytes, _ path: Bytes, _ query: Bytes, _ content: Bytes, _ memory: Memory,
    _ allowed: inout Bytes
  ) throws(HeadRefusal) {
    let route = path.from(("/.wasmstore/v1/" as Bytes).count)
    let (isGet, isPost) = (method == "GET", method == "POST")
    guard path.starts(with: "/.wasmstore/v1/") else { throw .notFound("there is no such route") }
    if route == "heads" {
      allowed = isGet ? "" : "GET"
    } else if route == "prune" {
      allowed = isPost ? "" : "POST"
    } else if route.starts(with: "head/") {
      allowed = isGet || isPost ? "" : "GET, POST"
    } else if route.starts(with: "log/") {
      allowed = isGet ? "" : "GET"
    } else {
      throw .notFound("there is no such route")
    }
    guard allowed.isEmpty else {
      throw HeadRefusal(status: 405, code: "invalid_input", message: "this method is not allowed")
    }
    guard content.count <= HeadService.bodyLimit else {
      throw HeadRefusal(status: 413, code: "invalid_input", message: "the body is larger than 8192 bytes")
    }
    if route == "heads" { return list() }
    if route == "prune" { return try prune(HeadRequest(content)) }
    let name = try name(route.from(route.first(0x2f) + 1), memory)
    if route.starts(with: "log/") {
      let before = try HeadService.number("before=", in: query, 0, .max)
      let limit = try HeadService.number("limit=", in: query, 1, 1_000)
      body.append("{")
      entries(log(name, before: before ?? .max, from: 0, limit: limit ?? 100))
      member("floor", state(name).floor)
      body.append("}")
    } else if isGet {
      let state = state(name)
      body.append("{")
      head(name, state)
      body.append("}")
    } else {
      try change(name, HeadRequest(content))
    }
  }

  /// A number of a query; nil if it is missing.
  private static func number(
    _ name: Bytes, in query: Bytes, _ least: Int64, _ most: Int64
  ) throws(HeadRefusal) -> Int64? {
    var start = 0
    while start < query.count {
      let end = query.first(0x26, from: start)
      let item = query.part(start, end)
      start = end + 1
      guard item.starts(with: name) else { continue }
      let number = item.from(name.count).decimal
      guard number >= least, number <= most else {
        throw .malformed("before must be a number, limit from 1 to 1000")
      }
      return number
    }
    return nil
  }

  /// The head named by a path: a store and a branch, one segment each.
  private func name(_ path: Bytes, _ memory: Memory) throws(HeadRefusal) -> HeadName {
    let slash = path.first(0x2f)
    guard slash > 0, slash < path.count - 1, path.last(0x2f) == slash else {
      throw .notFound("the store or branch is missing")
    }
    func plain(_ text: Bytes) throws(HeadRefusal) -> Bytes {
      scratch.clear()
      guard scratch.append(unescaped: text), scratch.bytes.isUTF8,
        scratch.bytes.first(0) == scratch.bytes.count
      else {
        throw .malformed("the path has a malformed escape, or is not valid UTF-8")
      }
      return memory.copy(scratch.bytes)
    }
    let store = try plain(path.part(0, slash))
    var isName = store.count <= 64 && store[0].isLetterOrDigit
    for place in 0..<store.count {
      let byte = store[place]
      if !byte.isLetterOrDigit, byte != 0x2e, byte != 0x5f, byte != 0x2d { isName = false }
    }
    guard isName else {
      throw .malformed("a store's name is up to 64 letters, digits, dots, hyphens and underscores")
    }
    return HeadName(store: store, branch: try plain(path.from(slash + 1)))
  }

  private func list() {
    body.append("{\"heads\":[")
    var row = statement.begin(
      "SELECT branch, revision, store FROM heads WHERE revision > 0 ORDER BY store, branch"
    ).run()
    while true {
      let branch = row.next()
      if branch.isMissing { break }
      body.append(body.bytes[body.bytes.count - 1] == 0x5b ? "{\"branch\":" : ",{\"branch\":")
      body.append(branch.spelled)
      body.append(",\"revision\":")
      body.append(row.next().spelled)
      body.append(",\"store\":")
      body.append(row.next().spelled)
      body.append("}")
    }
    body.append("]}")
  }

  // MARK: Writing

  private func tell(_ refusal: HeadRefusal) {
    // The text written so far is the present head, for a conflict.
    let head = TextWriter()
    if refusal.tellsHead { head.append(body.bytes) }
    body.clear()
    body.append("{\"error\":{\"code\":\"")
    body.append(refusal.code)
    body.append("\",\"message\":\"")
    body.append(refusal.message)
    body.append("\"}")
    body.append(head.bytes)
    body.append("}")
  }

  /// Writes a member.
  @inline(never)
  func member(_ name: Bytes, _ value: Bytes) {
    body.append(",\"")
    body.append(name)
    body.append("\":")
    body.append(value)
  }

  /// Writes a member with a number.
  @inline(never)
  func member(_ name: Bytes, _ number: Int64) {
    member(name, .none)
    body.append(number: number)
  }
}
