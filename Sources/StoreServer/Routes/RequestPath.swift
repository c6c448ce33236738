internal import Identifiers
internal import ModuleStore

/// What follows the name of a route in a request's path: segments, each of them decoded once, none empty.
struct RequestPath: Sendable {
  private let segments: [String]

  /// Takes what follows the name of a route apart.
  ///
  /// - Throws: `HTTPFailure` with 400 where an escape is malformed or the bytes are not valid UTF-8.
  init(_ text: some StringProtocol) throws(HTTPFailure) {
    var segments: [String] = []
    // As bytes: an accent behind a slash would make one character of the two.
    for segment in Substring(text).utf8.split(separator: UInt8(ascii: "/")) {
      guard let segment = PercentEncoding.decode(Substring(segment)) else {
        throw .badRequest("the path has a malformed escape, or is not valid UTF-8")
      }
      segments.append(segment)
    }
    self.segments = segments
  }

  private init(segments: [String]) { self.segments = segments }

  /// Whether nothing follows.
  var isEmpty: Bool { segments.isEmpty }
  /// The first segment.
  var first: String? { segments.first }
  /// What follows the first segment.
  var rest: RequestPath { RequestPath(segments: Array(segments.dropFirst())) }
  /// All segments, joined by slashes.
  var joined: String { segments.joined(separator: "/") }

  /// The path of a module that it spells; nil where it is empty.
  ///
  /// - Throws: `StoreError.invalidPath`.
  var modulePath: ModulePath? {
    get throws(StoreError) { isEmpty ? nil : try ModulePath(joined) }
  }

  /// The hash that it is; nil where it is none.
  var digest: ModuleDigest? {
    guard segments.count == 1, let first else { return nil }
    return ModuleDigest(first)
  }

  /// The path of a module or a whole hash.
  ///
  /// - Throws: `HTTPFailure` with 404 where it is empty, `StoreError.invalidPath`.
  var place: ModulePlace {
    get throws {
      if let digest { return .digest(digest) }
      guard let path = try modulePath else { throw HTTPFailure.notFound("no module is named") }
      return .path(path)
    }
  }
}

/// A module as a request names it.
enum ModulePlace: Hashable, Sendable {
  case path(ModulePath)
  case digest(ModuleDigest)
}
