/// The parts of a multipart form (RFC 7578), as slices of its body.
struct MultipartForm<Body: RandomAccessCollection<UInt8>> where Body.Index == Int {
  private let parts: [(name: String, body: Body.SubSequence)]

  /// Parses a body; nil if it is not such a form.
  ///
  /// - Parameters:
  ///   - body: The body.
  ///   - contentType: The content type of the request, which contains the boundary.
  init?(_ body: Body, contentType: String) {
    guard let boundary = MultipartHeader(contentType)["boundary"], !boundary.isEmpty else { return nil }
    let delimiter = Array("\r\n--\(boundary)".utf8)
    var rest = body[...]
    // The first delimiter is at the beginning of the body, without a preceding CR LF.
    guard rest.starts(with: delimiter.dropFirst(2)) else { return nil }
    rest = rest.dropFirst(delimiter.count - 2)
    var parts: [(name: String, body: Body.SubSequence)] = []
    while !rest.starts(with: "--".utf8) {
      guard let headEnd = MultipartForm.find(Array("\r\n\r\n".utf8), in: rest),
        let end = MultipartForm.find(delimiter, in: rest[(headEnd + 2)...])
      else { return nil }
      let head = String(decoding: rest[..<headEnd], as: UTF8.self)
      // A part without content ends at its empty line.
      let start = headEnd + 4
      if let name = MultipartForm.name(inHead: head) { parts.append((name, rest[min(start, end)..<end])) }
      rest = rest[(end + delimiter.count)...]
    }
    self.parts = parts
  }

  /// Returns the body of the first part with a name; nil if there is none.
  subscript(name: String) -> Body.SubSequence? { parts.first { $0.name == name }?.body }

  private static func name(inHead head: String) -> String? {
    for line in head.split(whereSeparator: \.isNewline) {
      let parts = line.split(separator: ":", maxSplits: 1)
      guard parts.count == 2, parts[0].lowercased() == "content-disposition" else { continue }
      return MultipartHeader(String(parts[1]))["name"]
    }
    return nil
  }

  private static func find(_ pattern: [UInt8], in bytes: Body.SubSequence) -> Int? {
    guard bytes.count >= pattern.count else { return nil }
    let last = bytes.endIndex - pattern.count
    var position = bytes.startIndex
    while position <= last {
      guard let next = bytes[position...last].firstIndex(of: pattern[0]) else { return nil }
      if bytes[next..<(next + pattern.count)].elementsEqual(pattern) { return next }
      position = next + 1
    }
    return nil
  }
}

/// A header value with parameters, such as that of `Content-Type` or `Content-Disposition`.
struct MultipartHeader {
  private var parameters: [(name: String, value: String)] = []

  init(_ text: String) {
    var rest = text.utf8.drop { $0 != UInt8(ascii: ";") }
    while !rest.isEmpty {
      rest = rest.dropFirst().drop { $0 == 0x20 || $0 == 0x09 }
      let name = rest.prefix { $0 != UInt8(ascii: "=") && $0 != UInt8(ascii: ";") }
      rest = rest[name.endIndex...]
      guard rest.first == UInt8(ascii: "=") else { continue }
      rest = rest.dropFirst()
      var value: [UInt8] = []
      if rest.first == 0x22 {
        rest = rest.dropFirst()
        while let byte = rest.popFirst(), byte != 0x22 {
          if byte == 0x5c, let next = rest.popFirst() { value.append(next) } else { value.append(byte) }
        }
        rest = rest.drop { $0 != UInt8(ascii: ";") }
      } else {
        let token = rest.prefix { $0 != UInt8(ascii: ";") }
        value = Array(token)
        while value.last == 0x20 { value.removeLast() }
        rest = rest[token.endIndex...]
      }
      parameters.append((String(Substring(name)).lowercased(), String(decoding: value, as: UTF8.self)))
    }
  }

  /// Returns the value of a parameter; nil if it is missing.
  subscript(name: String) -> String? { parameters.first { $0.name == name }?.value }
}
