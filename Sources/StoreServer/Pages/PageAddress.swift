internal import HTTPServing
internal import Identifiers

/// The address of a page on this server: the steps of a path, and a query.
///
/// It never leads to another server.
struct PageAddress: Hashable, Sendable {
  private let steps: [String]
  private let query: [Field]

  private struct Field: Hashable {
    let name: String
    let value: String
  }

  /// Creates an address from steps, none of which is empty, and the fields of a query.
  ///
  /// Fields without a value are omitted.
  init(_ steps: [String], _ query: [(name: String, value: String?)] = []) {
    self.steps = steps
    self.query = query.compactMap { field in field.value.map { Field(name: field.name, value: $0) } }
  }

  /// Returns the address with another query field at its end.
  func with(_ name: String, _ value: String) -> PageAddress {
    PageAddress(steps, query.map { ($0.name, $0.value) } + [(name, value)])
  }

  /// The path and the query as a relative reference (RFC 3986, section 4.2).
  var text: String {
    var text: [UInt8] = []
    for step in steps {
      text.append(UInt8(ascii: "/"))
      text += percentEncoded(step.utf8).utf8
    }
    if steps.isEmpty { text.append(UInt8(ascii: "/")) }
    for (index, field) in query.enumerated() {
      text.append(index == 0 ? UInt8(ascii: "?") : UInt8(ascii: "&"))
      text += percentEncoded(field.name.utf8).utf8
      text.append(UInt8(ascii: "="))
      text += percentEncoded(field.value.utf8).utf8
    }
    return String(decoding: text, as: UTF8.self)
  }

  /// Reads the query of a request: percent-encoded form fields, with `+` for a space (URL Standard, section 5.1).
  ///
  /// - Returns: The fields; nil if one is not UTF-8, or has a percent sign without two hexadecimal digits.
  static func fields(ofQuery query: String) -> [(name: String, value: String)]? {
    var fields: [(name: String, value: String)] = []
    for part in query.utf8.split(separator: UInt8(ascii: "&")) {
      let equals = part.firstIndex(of: UInt8(ascii: "=")) ?? part.endIndex
      guard let name = decoded(part[..<equals]), let value = decoded(part[equals...].dropFirst()) else {
        return nil
      }
      fields.append((name, value))
    }
    return fields
  }

  private static func decoded(_ part: Substring.UTF8View) -> String? {
    percentDecoded(Substring(part).replacing("+", with: " "))
  }
}
