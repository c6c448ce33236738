internal import ByteText

/// Why a request is refused.
final class HeadRefusal: Error {
  let status: Int64
  let code: StaticString
  /// What is wrong, or the part of the request that is.
  let message: StaticString
  /// Whether the head as it stands is told beside.
  let tellsHead: Bool

  init(status: Int64, code: StaticString, message: StaticString, tellsHead: Bool = false) {
    self.status = status
    self.code = code
    self.message = message
    self.tellsHead = tellsHead
  }

  static func malformed(_ message: StaticString) -> HeadRefusal {
    HeadRefusal(status: 400, code: "invalid_input", message: message)
  }

  static func notFound(_ message: StaticString) -> HeadRefusal {
    HeadRefusal(status: 404, code: "not_found", message: message)
  }

  static func conflict(_ code: StaticString, _ message: StaticString) -> HeadRefusal {
    HeadRefusal(status: 409, code: code, message: message, tellsHead: true)
  }
}

/// The members of a request's body. Those that are not known are passed over.
struct HeadRequest {
  private let body: JSONView

  /// Takes the bytes of a body.
  init(_ bytes: Bytes) throws(HeadRefusal) {
    guard bytes.isUTF8, let body = JSONView(bytes), body.isObject else {
      throw .malformed("the body is an object of JSON")
    }
    self.body = body
  }

  func kind() throws(HeadRefusal) -> Bytes { try text("kind").text }

  /// A number that is not negative.
  @inline(never)
  func number(_ name: StaticString) throws(HeadRefusal) -> Int64 {
    guard let number = body[name]?.integer, number >= 0 else {
      throw .malformed("expect, epoch, to, floor and seconds are numbers that are not negative")
    }
    return number
  }

  @inline(never)
  func text(_ name: StaticString) throws(HeadRefusal) -> JSONView {
    guard let text = body[name], text.isText else { throw .malformed("kind and by are texts") }
    return text
  }

  func isBarrier() throws(HeadRefusal) -> Bool {
    guard let value = body["barrier"] else { return false }
    guard value.isTrue || value.isFalse else { throw .malformed("barrier is true or false") }
    return value.isTrue
  }

  /// Hexadecimal digits in lower case, as many as one of two numbers.
  @inline(never)
  func digits(_ name: StaticString, _ count: Int, or other: Int) throws(HeadRefusal) -> JSONView {
    let text = try text(name)
    let digits = text.text
    var areDigits = digits.count == count || digits.count == other
    for place in 0..<digits.count
    where digits[place].digitValue > 15 || digits[place] >= 0x41 && digits[place] <= 0x46 {
      areDigits = false
    }
    guard areDigits else {
      throw .malformed(
        "id, manifest, commit and tree are hexadecimal digits in lower case, as many as they have")
    }
    return text
  }

  func id() throws(HeadRefusal) -> JSONView { try digits("id", 32, or: 32) }

  /// The id of an object of git; nil for null, and where it is missing.
  func objectID(_ name: StaticString) throws(HeadRefusal) -> JSONView? {
    guard let value = body[name], !value.isNull else { return nil }
    return try digits(name, 40, or: 64)
  }
}
