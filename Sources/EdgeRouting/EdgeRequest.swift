internal import ByteText

/// A request, as it comes to the Worker: the method, a space and the URL on the first line, then a line for each header
/// field, its name in lower case, a colon and its value.
struct EdgeRequest {
  private let text: Bytes
  let method: Bytes
  /// Scheme and host.
  let origin: Bytes
  /// The path, with its escapes.
  let path: Bytes

  init(_ text: Bytes) {
    self.text = text
    let line = text.part(0, text.first(0x0a))
    let space = line.first(0x20)
    method = line.part(0, space)
    let url = line.from(space + 1)
    let host = url.first(0x2f, from: url.first(0x3a) + 3)
    origin = url.part(0, host)
    path = url.part(host, min(url.first(0x3f), url.first(0x23)))
  }

  var isHead: Bool { method.equals("HEAD") }

  /// The value of a header field; nothing where there is none.
  @inline(never)
  subscript(name: StaticString) -> Bytes {
    let length = name.utf8CodeUnitCount
    var start = text.first(0x0a) + 1
    while start < text.count {
      let end = text.first(0x0a, from: start)
      let line = text.part(start, end)
      if line.starts(with: name), line[length] == 0x3a { return line.from(length + 1).trimmed }
      start = end + 1
    }
    return .none
  }
}
