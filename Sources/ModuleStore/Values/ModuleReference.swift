internal import Identifiers

/// MODULE or `REV:PATH` as it is written, taken apart (Documentation/cli.md, "Naming modules").
public struct ModuleReference: Sendable {
  /// The text.
  public let text: String
  /// The path that it may be; nil where it can be none.
  let path: ModulePath?
  /// The hash that it is.
  let digest: ModuleDigest?
  // Computed when they are asked for, which a path seldom is: as stored properties they cost a short command a tenth
  // of its time.

  /// The revision and the path in it that it may be.
  var place: (revision: String, path: String)? { ModuleReference.place(in: text) }
  /// The first digits of a hash that it may be.
  var prefix: HexadecimalPrefix? {
    HexadecimalPrefix(text).flatMap { ModuleReference.abbreviationLimits.contains($0.count) ? $0 : nil }
  }

  /// The digits that may stand for a whole hash.
  private static let abbreviationLimits = 7...63

  /// Takes a text apart.
  ///
  /// - Throws: `StoreError.invalidPath` where it can only be a path, and is none.
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

  /// Whether it says that it is a hash, and is none.
  var isMalformedHash: Bool { text.hasPrefix("sha256:") && digest == nil }

  /// Splits `REV:PATH` at the first colon outside `@{…}`: a revision holds no other, but a path may. Nil where there
  /// is none.
  static func place(in text: String) -> (revision: String, path: String)? {
    // As bytes, for a colon is one whatever follows it.
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
