internal import HTTPTypes
internal import Hummingbird
internal import Identifiers
internal import ModuleStore

/// A list of entity tags, as `If-Match` and `If-None-Match` have it (RFC 9110, section 8.8.3 and 13.1).
enum EntityTags: Hashable, Sendable {
  /// `*`: whatever is there.
  case any
  /// The texts between the quotation marks, those of weak tags among them.
  case tags([String])

  /// Reads a header field. What is malformed is no tag.
  init(_ field: String) {
    guard field.trimmed != "*" else {
      self = .any
      return
    }
    self = .tags(
      field.split(separator: ",").map { item in
        var tag = item.trimmed
        if tag.hasPrefix("W/") { tag = tag.dropFirst(2) }
        return tag.count > 1 && tag.hasPrefix("\"") && tag.hasSuffix("\"")
          ? String(tag.dropFirst().dropLast()) : String(tag)
      })
  }

  /// Whether a tag is among them.
  func contains(_ tag: String) -> Bool {
    switch self {
    case .any: true
    case .tags(let tags): tags.contains(tag)
    }
  }

  /// The hashes of modules that they are; nil for `*`.
  fileprivate var digests: [ModuleDigest]? {
    switch self {
    case .any: nil
    case .tags(let tags): tags.compactMap { ModuleDigest(hex: $0) }
    }
  }
}

extension Request {
  /// What the client wants to stand at a path before it is changed; nil where it says nothing.
  ///
  /// - Throws: `HTTPFailure` with 400 where it says both.
  var expectation: Expectation? {
    get throws(HTTPFailure) {
      switch (headers[.ifMatch].map { EntityTags($0) }, headers[.ifNoneMatch].map { EntityTags($0) }) {
      case (nil, nil): return nil
      case (let match?, nil): return match.digests.map { .oneOf($0) } ?? .present
      case (nil, let none?): return none.digests.map { .noneOf($0) } ?? .absent
      case (_?, _?): throw .badRequest("If-Match and If-None-Match exclude each other")
      }
    }
  }
}
