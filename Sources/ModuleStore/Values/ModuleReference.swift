internal import Identifiers

/// A parsed MODULE or `REV:PATH` (Documentation/cli.md, "Naming modules").
public struct ModuleReference: Sendable {
  /// The text.
  public let text: String
  /// The path that the text may mean; nil if it is not a valid path.
  let path: ModulePath?
  /// The hash that the text means, if it is one.
  let digest: ModuleDigest?
  // Computed on demand, which is rare for a path: as stored properties they would take a tenth of the time of a short
  // command.

  /// The revision and the path in it that the text may mean.
  var place: (revision: String, path: String)? { ModuleReference.place(in: text) }
  /// The abbreviated hash that the text may mean.
  var prefix: HexadecimalPrefix? {
    HexadecimalPrefix(text).flatMap { ModuleReference.abbreviationLimits.contains($0.count) ? $0 : nil }
  }

  /// The number of digits in an abbreviated hash.
  private static let abbreviationLimits = 7...63

  /// Parses a text.
  ///
  /// - Throws: `StoreError.invalidPath` if it can only be a path, and is not a valid one.
  public init(_ text: String) throws(StoreError) {
    self.text = text
    digest = ModuleDigest(text)
    guard digest == nil else {
      path = nil
      return
    }
    var path: ModulePath?
    do throws(StoreError) { path = try ModulePath(text) } catch {
      if text.hasPrefix("/") || !text.contains(":") { throw error }
    }
    self.path = path
  }

  /// Whether it can only be a path.
  var isOnlyPath: Bool { text.hasPrefix("/") }

  /// Whether it has the prefix of a hash, but is not a valid one.
  var isMalformedHash: Bool { text.hasPrefix("sha256:") && digest == nil }

  /// Splits `REV:PATH` at the first colon outside `@{…}`: a revision has no other colon, but a path may. Nil if there
  /// is no colon.
  static func place(in text: String) -> (revision: String, path: String)? {
    // As bytes, because a colon with a combining character is still a separator.
    let bytes = text.utf8
    let first = bytes.firstIndex(of: UInt8(ascii: ":"))
    var start = bytes.startIndex
    if let first, let at = bytes[..<first].indices.first(where: { bytes[$0...].starts(with: "@{".utf8) }),
      let end = bytes[at...].firstIndex(of: UInt8(ascii: "}"))
    {
      start = end
    }
    guard let colon = bytes[start...].firstIndex(of: UInt8(ascii: ":")) else { return nil }
    return (String(text[..<colon]), String(text[bytes.index(after: colon)...]))
  }
}
