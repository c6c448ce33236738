internal import HTTPServing
internal import HTTPTypes
internal import Hummingbird
internal import Identifiers
internal import ModuleStore

/// A list of entity tags, as `If-Match` and `If-None-Match` have it (RFC 9110, sections 8.8.3 and 13.1).
enum EntityTags: Hashable, Sendable {
  /// An entity tag.
  struct Tag: Hashable, Sendable {
    /// What stands between the quotation marks.
    let text: String
    let isWeak: Bool
  }

  /// `*`: whatever is there.
  case any
  case tags([Tag])

  /// Reads a header field; nil where it is malformed.
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

  /// Whether a strong tag is among them, by the strong comparison: a weak tag is no tag of these very bytes.
  func containsStrongly(_ tag: String) -> Bool {
    switch self {
    case .any: true
    case .tags(let tags): tags.contains(Tag(text: tag, isWeak: false))
    }
  }

  /// Whether a tag is among them, by the weak comparison.
  func contains(_ tag: String) -> Bool {
    switch self {
    case .any: true
    case .tags(let tags): tags.contains { $0.text == tag }
    }
  }
}

extension Request {
  /// What the client wants to stand at a path before it is changed; nil where it says nothing.
  ///
  /// - Throws: `HTTPFailure` with 400 where it says both, or says it in a malformed way.
  var expectation: Expectation? {
    get throws(HTTPFailure) {
      switch (try entityTags(.ifMatch), try entityTags(.ifNoneMatch)) {
      case (nil, nil): return nil
      case (.any?, nil): return .present
      case (.tags(let tags)?, nil):
        return .oneOf(tags.compactMap { $0.isWeak ? nil : ModuleDigest(hex: $0.text) })
      case (nil, .any?): return .absent
      case (nil, .tags(let tags)?): return .noneOf(tags.compactMap { ModuleDigest(hex: $0.text) })
      case (_?, _?): throw .badRequest("If-Match and If-None-Match exclude each other")
      }
    }
  }

  /// The entity tags of a header field; nil where it is missing.
  ///
  /// - Throws: `HTTPFailure` with 400 where it is malformed: a change must not be made without its condition.
  private func entityTags(_ name: HTTPField.Name) throws(HTTPFailure) -> EntityTags? {
    guard let field = headers[name] else { return nil }
    guard let tags = EntityTags(field) else {
      throw .badRequest("\(name) takes * or hashes in quotation marks, not '\(field)'")
    }
    return tags
  }
}
