internal import ByteText

/// A requested content, with the properties of its response.
final class Content {
  let digest: Digest
  let size: Int64
  let type: Bytes
  let chunks: Int64
  /// The time since which it is at its path, in seconds since 1970; -1 if it was requested by its digest.
  var modified: Int64 = -1
  /// The status of a response with the whole content.
  var status: Int64 = 200
  /// The revision that contains it; 0 if it was requested by its digest.
  var revision: Int64 = 0

  init(digest: Digest, size: Int64, type: Bytes, chunks: Int64) {
    self.digest = digest
    self.size = size
    self.type = type
    self.chunks = chunks
  }
}

extension EdgeServer {
  /// The maximum size of a value that a host reads into memory at once, in bytes.
  private static let smallSize: Int64 = 262_144

  /// Answers with a content: the whole, parts of it, or that the client already has it.
  ///
  /// - Returns: False if the content cannot be read; then nothing is written.
  func answer(_ content: Content, _ exchange: Exchange) throws(Step) -> Bool {
    let request = exchange.request
    scratch.clear()
    scratch.append(content.digest)
    if content.modified >= 0 { scratch.append(date: content.modified) }
    let (tag, date) = (scratch.bytes.part(0, 64), scratch.bytes.from(64))
    guard content.status == 200 else {
      return try answerWhole(content, tag, date, exchange)
    }
    let wanted = request["if-match"]
    if !wanted.isEmpty, !Conditions.list(wanted, has: tag, strongly: true) {
      refuse(412, "expectation_failed", "the version is different", exchange)
      return true
    }
    if Conditions.hasCurrent(request, tag: tag, date: date) {
      describe(304, content, tag, date, exchange)
      end()
      return true
    }
    guard !request.isHead, Conditions.allowsRange(request, tag: tag, date: date) else {
      return try answerWhole(content, tag, date, exchange)
    }
    let ranges = ByteRanges(request["range"], size: content.size)
    if ranges.isUnsatisfiable {
      describe(416, content, tag, date, exchange)
      start(header: "content-range")
      output.append("bytes */")
      output.append(number: content.size)
      output.append("\"")
      end(error: "invalid_range", "the range is not available", exchange)
      return true
    }
    guard let parts = ranges.parts else { return try answerWhole(content, tag, date, exchange) }
    return try answerParts(parts, content, tag, date, exchange)
  }

  private func answerWhole(_ content: Content, _ tag: Bytes, _ date: Bytes, _ exchange: Exchange) throws(Step)
    -> Bool
  {
    let all = ByteRange(start: 0, end: content.size)
    if !exchange.request.isHead, try !isReadable(content, exchange) { return false }
    describe(content.status, content, tag, date, exchange)
    header("content-type", content.type)
    header("content-length", content.size)
    if content.status == 200 { digestField("content-digest", content) }
    if exchange.request.isHead {
      end()
    } else {
      startBody(content.size, content)
      append(all, content, exchange)
      output.append("]}")
    }
    return true
  }

  private func answerParts(
    _ parts: Linked<ByteRange>, _ content: Content, _ tag: Bytes, _ date: Bytes, _ exchange: Exchange
  ) throws(Step) -> Bool {
    let first = parts.value
    guard try isReadable(content, exchange) else { return false }
    describe(206, content, tag, date, exchange)
    var count: Int64 = 0
    if parts.next == nil {
      count = first.end &- first.start
      header("content-type", content.type)
      start(header: "content-range")
      append(first, of: content)
      output.append("\"")
      header("content-length", count)
      startBody(count, content)
      append(first, content, exchange)
    } else {
      var next: Linked<ByteRange>? = parts
      while let range = next?.value {
        // The number of bytes that `appendHead` writes, without quotes.
        let start = output.bytes.count
        appendHead(range, content, tag)
        count &+= Int64(output.bytes.count &- start &- EdgeServer.escapesOfHead) &+ range.end &- range.start
        output.shorten(to: start)
        next = next?.next
      }
      count &+= 54
      start(header: "content-type")
      output.append("multipart/byteranges; boundary=wasmstore-")
      output.append(tag.part(0, 36))
      output.append("\"")
      header("content-length", count)
      startBody(count, content)
      next = parts
      while let range = next?.value {
        appendHead(range, content, tag)
        output.append(",")
        append(range, content, exchange)
        output.append(",")
        next = next?.next
      }
      output.append("\"\\r\\n--wasmstore-")
      output.append(tag.part(0, 36))
      output.append("--\\r\\n\"")
    }
    output.append("]}")
    return true
  }

  /// The number of bytes that `appendHead` adds for JSON: two quotation marks, and five line ends of two escapes each.
  private static let escapesOfHead = 2 + 5 * 2

  /// Appends the header of a part of several. A content does not contain its own digest, so it cannot end a part.
  private func appendHead(_ range: ByteRange, _ content: Content, _ tag: Bytes) {
    output.append("\"\\r\\n--wasmstore-")
    output.append(tag.part(0, 36))
    output.append("\\r\\nContent-Type: ")
    output.append(content.type)
    output.append("\\r\\nContent-Range: ")
    append(range, of: content)
    output.append("\\r\\n\\r\\n\"")
  }

  private func append(_ range: ByteRange, of content: Content) {
    output.append("bytes ")
    output.append(number: range.start)
    output.append("-")
    output.append(number: range.end &- 1)
    output.append("/")
    output.append(number: content.size)
  }

  /// Starts a response with the header fields of all answers about a content.
  private func describe(
    _ status: Int64, _ content: Content, _ tag: Bytes, _ date: Bytes, _ exchange: Exchange
  ) {
    begin(status, exchange)
    if content.revision > 0 { header("x-wasmstore-revision", content.revision) }
    guard content.status == 200 else { return header("cache-control", "no-store") }
    start(header: "etag")
    output.append("\\\"")
    output.append(tag)
    output.append("\\\"\"")
    if !date.isEmpty { header("last-modified", date) }
    header("accept-ranges", "bytes")
    guard status != 416 else { return }
    digestField("repr-digest", content)
    header(
      "cache-control",
      content.revision == 0 ? "public, max-age=31536000, immutable" : "public, max-age=0, must-revalidate")
  }

  private func digestField(_ name: Bytes, _ content: Content) {
    start(header: name)
    output.append("sha-256=:")
    output.append(base64: content.digest)
    output.append(":\"")
  }

  // MARK: Bodies

  /// Starts a body. The host opens its first value. If that is missing, it starts the request again without the content,
  /// so the request does not have to wait here.
  private func startBody(_ count: Int64, _ content: Content) {
    output.append("},\"content\":\"")
    output.append(content.digest)
    if content.chunks == 0, content.size <= EdgeServer.smallSize { output.append("\",\"small\":\"yes") }
    output.append("\",\"count\":")
    output.append(number: count)
    output.append(",\"parts\":[")
  }

  /// Whether a content can be read, as far as that is known. If it has chunks, their list is in the exchange then.
  private func isReadable(_ content: Content, _ exchange: Exchange) throws(Step) -> Bool {
    if exchange.isMissing(content.digest) { return false }
    guard content.chunks > 0 else { return true }
    if Int64(try value("b", content.digest, exchange).count) == content.chunks << 5 { return true }
    exchange.miss(content.digest)
    return false
  }

  /// Appends the pieces of values that form a range of a content.
  private func append(_ range: ByteRange, _ content: Content, _ exchange: Exchange) {
    if content.chunks == 0 { return append("b", content.digest, range.start, range.end &- range.start) }
    var list = Bytes.none
    if let value = exchange.value(content.digest) { list = value }
    var start = range.start
    while start < range.end {
      let index = start >> 24
      let end = min((index &+ 1) << 24, range.end)
      if start > range.start { output.append(",") }
      append("c", Digest(list, at: 32 &* Int(truncatingIfNeeded: index)), start &- index << 24, end &- start)
      start = end
    }
  }

  private func append(_ prefix: Bytes, _ digest: Digest, _ from: Int64, _ count: Int64) {
    output.append("{\"key\":\"")
    output.append(prefix)
    output.append("/")
    output.append(digest)
    output.append("\",\"from\":")
    output.append(number: from)
    output.append(",\"count\":")
    output.append(number: count)
    output.append("}")
  }
}
