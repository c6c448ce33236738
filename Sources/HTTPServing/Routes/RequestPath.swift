internal import Identifiers

/// What follows the name of a route in a request's path: segments, each of them decoded once, none empty.
package struct RequestPath: Sendable {
  /// The segments.
  package let segments: [String]

  /// Takes what follows the name of a route apart.
  ///
  /// - Throws: `HTTPFailure` with 400 where an escape is malformed or the bytes are not valid UTF-8.
  package init(_ text: some StringProtocol) throws(HTTPFailure) {
    var segments: [String] = []
    // As bytes: an accent behind a slash would make one character of the two.
    for segment in Substring(text).utf8.split(separator: UInt8(ascii: "/")) {
      guard let segment = percentDecoded(Substring(segment)) else {
        throw .badRequest("the path has a malformed escape, or is not valid UTF-8")
      }
      segments.append(segment)
    }
    self.segments = segments
  }

  private init(segments: [String]) { self.segments = segments }

  /// Whether nothing follows.
  package var isEmpty: Bool { segments.isEmpty }
  /// The first segment.
  package var first: String? { segments.first }
  /// What follows the first segment.
  package var rest: RequestPath { RequestPath(segments: Array(segments.dropFirst())) }
  /// All segments, joined by slashes.
  package var joined: String { segments.joined(separator: "/") }
}
