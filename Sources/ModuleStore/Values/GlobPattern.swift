/// A pattern for names: `*` matches any characters, `?` matches one, `[a-z]` and `[!a-z]` match one of those or none of
/// those; a backslash makes the next byte literal. A pattern also matches the name that is spelled like it, and
/// brackets also match themselves: `[method]*` matches all names that begin with `[method]`.
///
/// A character is a Unicode scalar; a byte that is not part of one counts as a character. Matching takes memory that is
/// linear in the name and at most quadratic time, because of several `*` only the last is retried.
public struct GlobPattern: Hashable, Sendable {
  private let bytes: [UInt8]

  /// Parses a pattern; every text is valid.
  public init(_ text: String) { bytes = Array(text.utf8) }

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Returns whether the pattern matches the whole name.
  public func matches(_ name: String) -> Bool { matches(Array(name.utf8)[...]) }

  /// Returns whether the pattern matches the whole name.
  func matches(_ name: ArraySlice<UInt8>) -> Bool {
    if name.elementsEqual(bytes) || matches(name, brackets: .members) { return true }
    return bytes.contains(0x5b) && matches(name, brackets: .themselves)
  }

  /// The contents of brackets.
  private enum Brackets {
    case members
    case themselves
  }

  private func matches(_ name: ArraySlice<UInt8>, brackets: Brackets) -> Bool {
    var element = 0
    var position = name.startIndex
    var retry: (element: Int, position: Int)?
    while true {
      if element < bytes.count, bytes[element] == 0x2a {
        element += 1
        retry = (element, position)
      } else if position < name.endIndex,
        let next = end(ofElementAt: element, matching: name[position...], brackets)
      {
        (element, position) = next
      } else if element == bytes.count, position == name.endIndex {
        return true
      } else if let last = retry, last.position < name.endIndex {
        element = last.element
        position = GlobPattern.character(name[last.position...]).end
        retry = (element, position)
      } else {
        return false
      }
    }
  }

  /// The end of the element at `index`, and the end of its match at the start of the name; nil if it does not match.
  private func end(
    ofElementAt index: Int, matching name: ArraySlice<UInt8>, _ brackets: Brackets
  ) -> (element: Int, position: Int)? {
    guard index < bytes.count, let byte = name.first else { return nil }
    let next = name.startIndex + 1
    switch bytes[index] {
    case 0x3f: return (index + 1, GlobPattern.character(name).end)
    case 0x5c: return index + 1 < bytes.count && bytes[index + 1] == byte ? (index + 2, next) : nil
    case 0x5b where brackets == .members:
      let isNegated = index + 1 < bytes.count && (bytes[index + 1] == 0x21 || bytes[index + 1] == 0x5e)
      let start = index + (isNegated ? 2 : 1)
      // A bracket directly after the opening one is a member, not the end.
      guard let end = bytes.dropFirst(start + 1).firstIndex(of: 0x5d) else {
        return byte == 0x5b ? (index + 1, next) : nil
      }
      let character = GlobPattern.character(name)
      return GlobPattern.contains(bytes[start..<end], character.value) != isNegated
        ? (end + 1, character.end) : nil
    default: return bytes[index] == byte ? (index + 1, next) : nil
    }
  }

  private static func contains(_ members: ArraySlice<UInt8>, _ value: UInt32) -> Bool {
    var members = members
    while !members.isEmpty {
      let first = character(members)
      members = members[first.end...]
      if members.first == 0x2d, members.count > 1 {
        let last = character(members.dropFirst())
        members = members[last.end...]
        if first.value <= last.value, (first.value...last.value).contains(value) { return true }
      } else if first.value == value {
        return true
      }
    }
    return false
  }

  /// The first character of non-empty bytes, and its end. A byte that does not start valid UTF-8 has a value above
  /// those of Unicode.
  private static func character(_ bytes: ArraySlice<UInt8>) -> (value: UInt32, end: Int) {
    var decoder = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    if case .valid(let encoded) = decoder.parseScalar(from: &iterator) {
      return (Unicode.UTF8.decode(encoded).value, bytes.startIndex + encoded.count)
    }
    return (0x11_0000 + UInt32(bytes[bytes.startIndex]), bytes.startIndex + 1)
  }
}
