internal import ByteText

/// A request in the form that the Worker receives: the method, a space and the URL on the first line, then a line for
/// each header field with its name in lower case, a colon and its value.
struct EdgeRequest {
  private let fields: Bytes
  let method: Bytes
  /// The scheme and host.
  let origin: Bytes
  /// The path, with its escapes.
  let path: Bytes

  init(_ text: Bytes) {
    let line = text.part(0, text.first(0x0a))
    fields = text.from(line.count &+ 1)
    let space = line.first(0x20)
    method = line.part(0, space)
    let url = line.from(space &+ 1)
    let host = url.first(0x2f, from: url.first(0x3a) &+ 3)
    origin = url.part(0, host)
    path = url.part(host, min(url.first(0x3f), url.first(0x23)))
  }

  var isHead: Bool { method == "HEAD" }

  /// The value of a header field; no bytes if there is none.
  subscript(name: Bytes) -> Bytes { fields.value(of: name, until: 0x0a) }
}
