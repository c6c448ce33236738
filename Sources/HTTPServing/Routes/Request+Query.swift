internal import Identifiers
package import Hummingbird
internal import HTTPTypes

extension Request {
  /// Whether the client asks for JSON.
  package var prefersJSON: Bool {
    headers[values: .accept].contains { $0.lowercased().contains("application/json") }
  }

  /// Returns the first value of a query field; nil if the field is missing.
  ///
  /// - Throws: `HTTPFailure` with 400 if an escape is malformed.
  package func query(_ name: String) throws(HTTPFailure) -> String? { try queries(name).first }

  /// Returns the number in a query field; nil if the field is missing.
  ///
  /// - Throws: `HTTPFailure` with 400 if the value is not a number in the range.
  package func query(_ name: String, in range: ClosedRange<Int>) throws(HTTPFailure) -> Int? {
    guard let text = try query(name) else { return nil }
    guard let number = Int(text), range.contains(number) else {
      throw .badRequest(
        "\(name) must be a number from \(range.lowerBound) to \(range.upperBound), not '\(text)'")
    }
    return number
  }

  /// Returns whether the query sets a flag: `name` alone, `name=true` or `name=1`.
  ///
  /// - Throws: `HTTPFailure` with 400 for another value.
  package func flag(_ name: String) throws(HTTPFailure) -> Bool {
    switch try query(name) {
    case nil, "false", "0": false
    case "", "true", "1": true
    case let text?: throw .badRequest("\(name) must be true or false, not '\(text)'")
    }
  }

  /// Returns all values of a query field, in their order.
  ///
  /// - Throws: `HTTPFailure` with 400 if an escape is malformed.
  package func queries(_ name: String) throws(HTTPFailure) -> [String] {
    var values: [String] = []
    guard let query = uri.query else { return [] }
    for item in query.split(separator: "&") {
      let parts = item.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
      guard parts[0] == name else { continue }
      let value = parts.count > 1 ? parts[1].replacing("+", with: " ") : ""
      guard let value = percentDecoded(value) else {
        throw .badRequest("the value of \(name) has a malformed escape, or is not valid UTF-8")
      }
      values.append(value)
    }
    return values
  }
}
