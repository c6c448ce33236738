internal import ByteText

/// The reason why a request is refused.
final class HeadRefusal: Error {
  let status: Int64
  // A literal, which never changes; the message is one, too.
  nonisolated(unsafe) let code: Bytes
  /// The error, or the invalid part of the request.
  nonisolated(unsafe) let message: Bytes
  /// Whether the answer also contains the present head.
  let tellsHead: Bool

  init(status: Int64, code: Bytes, message: Bytes, tellsHead: Bool = false) {
    self.status = status
    self.code = code
    self.message = message
    self.tellsHead = tellsHead
  }

  static func malformed(_ message: Bytes) -> HeadRefusal {
    HeadRefusal(status: 400, code: "invalid_input", message: message)
  }

  static func notFound(_ message: Bytes) -> HeadRefusal {
    HeadRefusal(status: 404, code: "not_found", message: message)
  }

  static func conflict(_ code: Bytes, _ message: Bytes) -> HeadRefusal {
    HeadRefusal(status: 409, code: code, message: message, tellsHead: true)
  }
}

/// The members of a request's body. Unknown members are ignored.
struct HeadRequest {
  private let body: JSONView

  /// Parses the bytes of a body.
  init(_ bytes: Bytes) throws(HeadRefusal) {
    body = JSONView(bytes)
    guard bytes.isUTF8, body.isObject else { throw .malformed("the body must be an object") }
  }

  func kind() throws(HeadRefusal) -> Bytes { try text("kind").text }

  /// A non-negative number.
  @inline(never)
  func number(_ name: Bytes) throws(HeadRefusal) -> Int64 {
    let number = body[name].integer
    guard number >= 0 else {
      throw .malformed("expect, epoch, to, floor and seconds must be numbers from 0")
    }
    return number
  }

  @inline(never)
  func text(_ name: Bytes) throws(HeadRefusal) -> JSONView {
    let text = body[name]
    guard text.isText else { throw .malformed("kind and by are texts") }
    return text
  }

  func isBarrier() throws(HeadRefusal) -> Bool {
    let value = body["barrier"]
    guard value.isTrue || value.isFalse || value.isMissing else {
      throw .malformed("barrier is true or false")
    }
    return value.isTrue
  }

  /// Hexadecimal digits in lower case, of one of two lengths.
  @inline(never)
  func digits(_ name: Bytes, _ count: Int, or other: Int) throws(HeadRefusal) -> JSONView {
    let text = try text(name)
    let digits = text.text
    var areDigits = digits.count == count || digits.count == other
    for digit in digits where digit.digitValue > 15 || digit.isUpperCase { areDigits = false }
    guard areDigits else {
      throw .malformed(
        "id, manifest, commit and tree are hexadecimal digits in lower case, as many as they have")
    }
    return text
  }

  func id() throws(HeadRefusal) -> JSONView { try digits("id", 32, or: 32) }

  /// The id of a git object; null and a missing value are allowed.
  @inline(never)
  func objectID(_ name: Bytes) throws(HeadRefusal) -> JSONView {
    let value = body[name]
    return value.isNull || value.isMissing ? value : try digits(name, 40, or: 64)
  }
}
