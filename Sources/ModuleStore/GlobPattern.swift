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
    var element = 0
    var position = name.startIndex
    var retry: (element: Int, position: Int)?
    while true {
      if element < bytes.count, bytes[element] == 0x2a {
        element += 1
        retry = (element, position)
      } else if position < name.endIndex, let next = end(ofElementAt: element, matching: name[position]) {
        element = next
        position += 1
      } else if element == bytes.count, position == name.endIndex {
        return true
      } else if let last = retry, last.position < name.endIndex {
        element = last.element
        position = last.position + 1
        retry = (element, position)
      } else {
        return false
      }
    }
  }

  /// Where the element at `index` ends if it matches the byte; nil where it does not.
  private func end(ofElementAt index: Int, matching byte: UInt8) -> Int? {
    guard index < bytes.count else { return nil }
    switch bytes[index] {
    case 0x3f: return index + 1
    case 0x5c: return index + 1 < bytes.count && bytes[index + 1] == byte ? index + 2 : nil
    case 0x5b:
      // A bracket that directly follows the first is a member, not the end.
      guard let end = bytes.dropFirst(index + 2).firstIndex(of: 0x5d) else {
        return byte == 0x5b ? index + 1 : nil
      }
      var members = bytes[(index + 1)..<end]
      let isNegated = members.first == 0x21 || members.first == 0x5e
      if isNegated { members = members.dropFirst() }
      return GlobPattern.contains(members, byte) != isNegated ? end + 1 : nil
    default: return bytes[index] == byte ? index + 1 : nil
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
