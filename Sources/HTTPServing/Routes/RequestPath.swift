internal import Identifiers

/// The part of a request's path after the name of the route, as segments.
///
/// Each one is decoded once and not empty.
package struct RequestPath: Sendable {
  /// The segments.
  package let segments: [String]

  /// Splits the part of a path after the name of the route.
  ///
  /// - Throws: `HTTPFailure` with 400 if an escape is malformed or the bytes are not valid UTF-8.
  package init(_ text: some StringProtocol) throws(HTTPFailure) {
    var segments: [String] = []
    // The text is split as bytes, because a slash and a combining accent are one `Character`.
    for segment in Substring(text).utf8.split(separator: UInt8(ascii: "/")) {
      guard let segment = percentDecoded(Substring(segment)) else {
        throw .badRequest("the path has a malformed escape, or is not valid UTF-8")
      }
      segments.append(segment)
    }
    self.segments = segments
  }

  private init(segments: [String]) { self.segments = segments }

  /// Whether there are no segments.
  package var isEmpty: Bool { segments.isEmpty }
  /// The first segment.
  package var first: String? { segments.first }
  /// The path after the first segment.
  package var rest: RequestPath { RequestPath(segments: Array(segments.dropFirst())) }
  /// All segments, joined by slashes.
  package var joined: String { segments.joined(separator: "/") }
}
