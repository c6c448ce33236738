/// A pattern for names: `*` stands for any bytes, `?` for one, `[a-z]` and `[!a-z]` for one of those or none of those;
/// a backslash takes the next byte as it is.
///
/// Matching takes memory that is linear in the name and at most quadratic time: of several `*` only the last is retried.
public struct GlobPattern: Hashable, Sendable {
  private let bytes: [UInt8]

  /// Reads a pattern; every text is one.
  public init(_ text: String) { bytes = Array(text.utf8) }

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Tells whether the whole name is one that the pattern stands for.
  public func matches(_ name: String) -> Bool { matches(Array(name.utf8)[...]) }

  /// Tells whether the whole name is one that the pattern stands for.
  func matches(_ name: ArraySlice<UInt8>) -> Bool {
    var pattern = bytes[...]
    var name = name
    var retry: (pattern: ArraySlice<UInt8>, name: ArraySlice<UInt8>)?
    while true {
      if pattern.first == 0x2a {
        pattern = pattern.dropFirst()
        retry = (pattern, name)
      } else if let byte = name.first, let rest = GlobPattern.afterMatch(of: byte, in: pattern) {
        pattern = rest
        name = name.dropFirst()
      } else if pattern.isEmpty, name.isEmpty {
        return true
      } else if let last = retry, !last.name.isEmpty {
        retry = (last.pattern, last.name.dropFirst())
        pattern = last.pattern
        name = last.name.dropFirst()
      } else {
        return false
      }
    }
  }

  /// The pattern behind its first element where that matches the byte; nil where it does not.
  private static func afterMatch(of byte: UInt8, in pattern: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    guard let first = pattern.first else { return nil }
    let rest = pattern.dropFirst()
    switch first {
    case 0x3f: return rest
    case 0x5c: return rest.first == byte ? rest.dropFirst() : nil
    case 0x5b:
      guard let end = rest.dropFirst().firstIndex(of: 0x5d) else { return first == byte ? rest : nil }
      var members = rest[..<end]
      let isNegated = members.first == 0x21 || members.first == 0x5e
      if isNegated { members = members.dropFirst() }
      return contains(members, byte) != isNegated ? rest[(end + 1)...] : nil
    default: return first == byte ? rest : nil
    }
  }

  private static func contains(_ members: ArraySlice<UInt8>, _ byte: UInt8) -> Bool {
    var members = members
    while let first = members.popFirst() {
      if members.first == 0x2d, members.count > 1, let last = members.dropFirst().first {
        members = members.dropFirst(2)
        if first <= last, (first...last).contains(byte) { return true }
      } else if first == byte {
        return true
      }
    }
    return false
  }
}
