internal import HTTPServing
internal import HTTPTypes
internal import Hummingbird
internal import Identifiers
internal import ModuleStore

/// A list of entity tags in `If-Match` or `If-None-Match` (RFC 9110, sections 8.8.3 and 13.1).
enum EntityTags: Hashable, Sendable {
  /// An entity tag.
  struct Tag: Hashable, Sendable {
    /// The text between the quotation marks.
    let text: String
    let isWeak: Bool
  }

  /// `*`: any entity tag.
  case any
  case tags([Tag])

  /// Reads a header field; nil if it is malformed.
  init?(_ field: String) {
    guard field.trimmed != "*" else {
      self = .any
      return
    }
    var tags: [Tag] = []
    var rest = field.trimmed
    while !rest.isEmpty {
      // Empty elements of a list are skipped.
      if rest.first != "," {
        let isWeak = rest.hasPrefix("W/")
        if isWeak { rest.removeFirst(2) }
        guard rest.first == "\"", let end = rest.dropFirst().firstIndex(of: "\"") else { return nil }
        tags.append(Tag(text: String(rest[..<end].dropFirst()), isWeak: isWeak))
        rest = rest[end...].dropFirst().trimmed
        guard rest.isEmpty || rest.first == "," else { return nil }
      }
      rest = rest.dropFirst().trimmed
    }
    guard !tags.isEmpty else { return nil }
    self = .tags(tags)
  }

  /// Returns whether the list matches a tag by strong comparison.
  ///
  /// A weak tag never matches.
  func containsStrongly(_ tag: String) -> Bool {
    switch self {
    case .any: true
    case .tags(let tags): tags.contains(Tag(text: tag, isWeak: false))
    }
  }

  /// Returns whether the list matches a tag by weak comparison.
  func contains(_ tag: String) -> Bool {
    switch self {
    case .any: true
    case .tags(let tags): tags.contains { $0.text == tag }
    }
  }
}

extension Request {
  /// The condition for the module at a path before the path is changed; nil if there is none.
  ///
  /// - Throws: `HTTPFailure` with 400 if the request has both headers, or a malformed one.
  var expectation: PathPrecondition? {
    get throws(HTTPFailure) {
      switch (try entityTags(.ifMatch), try entityTags(.ifNoneMatch)) {
      case (nil, nil): return nil
      case (.any?, nil): return .present
      case (.tags(let tags)?, nil):
        return .oneOf(tags.compactMap { $0.isWeak ? nil : ModuleDigest(hex: $0.text) })
      case (nil, .any?): return .absent
      case (nil, .tags(let tags)?): return .noneOf(tags.compactMap { ModuleDigest(hex: $0.text) })
      case (_?, _?): throw .badRequest("If-Match and If-None-Match cannot be used together")
      }
    }
  }

  /// Returns the entity tags of a header field; nil if the field is missing.
  ///
  /// - Throws: `HTTPFailure` with 400 if the field is malformed, so that no change is made without its condition.
  private func entityTags(_ name: HTTPField.Name) throws(HTTPFailure) -> EntityTags? {
    guard let field = headers[name] else { return nil }
    guard let tags = EntityTags(field) else {
      throw .badRequest("\(name) must be * or hashes in quotation marks, not '\(field)'")
    }
    return tags
  }
}
