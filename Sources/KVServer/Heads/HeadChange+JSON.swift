internal import HTTPServing
internal import Identifiers
internal import JSONText

extension HeadChange {
  /// Parses the body of a request.
  ///
  /// Unknown members are ignored.
  ///
  /// - Throws: `HTTPFailure` with 400 if the body is not valid.
  init(_ body: JSONValue?) throws(HTTPFailure) {
    let body = try HeadRequest(body)
    let expect = try body.number("expect")
    switch try body.text("kind") {
    case "publish":
      self = .publish(
        Publish(
          expect: expect, epoch: try body.number("epoch"), id: try body.id(),
          manifest: try body.hexadecimal("manifest", of: [64]),
          commit: try body.optionalHexadecimal("commit", of: HeadRequest.objectIDLengths),
          tree: try body.optionalHexadecimal("tree", of: HeadRequest.objectIDLengths),
          by: try body.text("by"), barrier: try body.boolean("barrier")))
    case "rollback":
      self = .rollback(
        Rollback(
          expect: expect, id: try body.id(), to: try body.number("to"), by: try body.text("by")))
    case "floor": self = .floor(Floor(expect: expect, floor: try body.number("floor")))
    default: throw .badRequest("kind must be publish, rollback or floor")
    }
  }
}

extension PruneRequest {
  /// The maximum length of a lease in seconds.
  private static let longest = 86_400

  /// Parses the body of a request.
  ///
  /// - Throws: `HTTPFailure` with 400 if the body is not valid.
  init(_ body: JSONValue?) throws(HTTPFailure) {
    let body = try HeadRequest(body)
    self.init(epoch: try body.number("epoch"), id: try body.id(), seconds: try body.number("seconds"))
    guard seconds <= PruneRequest.longest else {
      throw .badRequest("seconds must be a number from 0 to \(PruneRequest.longest)")
    }
  }
}

/// The members of a request.
private struct HeadRequest {
  private let body: JSONValue

  /// The number of digits of an object id, with SHA-1 or with SHA-256.
  static let objectIDLengths = [40, 64]
  private static let idLength = 32

  init(_ body: JSONValue?) throws(HTTPFailure) {
    guard let body, case .object = body else { throw .badRequest("the body must be an object") }
    self.body = body
  }

  func text(_ name: String) throws(HTTPFailure) -> String {
    guard let text = body[name]?.text else { throw .badRequest("\(name) must be a string") }
    return text
  }

  func number(_ name: String) throws(HTTPFailure) -> Int {
    guard let number = body[name]?.number.flatMap({ Int(exactly: $0) }), number >= 0 else {
      throw .badRequest("\(name) must be a number that is not negative")
    }
    return number
  }

  /// Returns the value of a member; false if it is missing.
  func boolean(_ name: String) throws(HTTPFailure) -> Bool {
    switch body[name] {
    case nil: return false
    case .boolean(let value)?: return value
    default: throw .badRequest("\(name) must be true or false")
    }
  }

  func id() throws(HTTPFailure) -> String { try hexadecimal("id", of: [HeadRequest.idLength]) }

  /// Returns a member that consists of hexadecimal digits in lower case.
  func hexadecimal(_ name: String, of lengths: [Int]) throws(HTTPFailure) -> String {
    let text = try text(name)
    guard lengths.contains(text.utf8.count), isHexadecimal(text, count: 0...text.utf8.count),
      text == text.lowercased()
    else {
      let counts = lengths.map { "\($0)" }.joined(separator: " or ")
      throw .badRequest("\(name) must have \(counts) hexadecimal digits in lower case")
    }
    return text
  }

  func optionalHexadecimal(_ name: String, of lengths: [Int]) throws(HTTPFailure) -> String? {
    switch body[name] {
    case nil, .null?: nil
    default: try hexadecimal(name, of: lengths)
    }
  }
}
