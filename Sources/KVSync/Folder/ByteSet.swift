/// A set of bytes, in a pattern in brackets.
struct ByteSet: Hashable, Sendable {
  private var members: [Bool]

  /// The named character classes.
  private static let classes: [String: @Sendable (UInt8) -> Bool] = [
    "alnum": { isDigit($0) || isLetter($0) }, "alpha": { isLetter($0) },
    "blank": { $0 == 0x20 || $0 == 0x09 }, "cntrl": { $0 < 0x20 || $0 == 0x7f }, "digit": { isDigit($0) },
    "graph": { (0x21...0x7e).contains($0) }, "lower": { (0x61...0x7a).contains($0) },
    "print": { (0x20...0x7e).contains($0) },
    "punct": { (0x21...0x7e).contains($0) && !isDigit($0) && !isLetter($0) },
    "space": { $0 == 0x20 || (0x09...0x0d).contains($0) }, "upper": { (0x41...0x5a).contains($0) },
    "xdigit": { isDigit($0) || (0x41...0x46).contains($0) || (0x61...0x66).contains($0) },
  ]

  private static func isDigit(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) }
  private static func isLetter(_ byte: UInt8) -> Bool {
    (0x41...0x5a).contains(byte) || (0x61...0x7a).contains(byte)
  }

  /// Reads a set after its opening bracket; nil if it is malformed, so that the pattern matches nothing.
  init?(reading rest: inout ArraySlice<UInt8>) {
    var members = [Bool](repeating: false, count: 256)
    var isNegated = false
    if rest.first == UInt8(ascii: "!") || rest.first == UInt8(ascii: "^") {
      isNegated = true
      rest.removeFirst()
    }
    // The possible first byte of a range.
    var previous: UInt8?
    var isFirst = true
    while true {
      guard let byte = rest.popFirst() else { return nil }
      switch byte {
      case UInt8(ascii: "]") where !isFirst:
        self.members = isNegated ? members.map { !$0 } : members
        return
      case UInt8(ascii: "\\"):
        guard let escaped = rest.popFirst() else { return nil }
        members[Int(escaped)] = true
        previous = escaped
      case UInt8(ascii: "-") where previous != nil && rest.first != nil && rest.first != UInt8(ascii: "]"):
        guard let last = ByteSet.rangeEnd(&rest) else { return nil }
        if let first = previous, first <= last { for member in first...last { members[Int(member)] = true } }
        previous = nil
      case UInt8(ascii: "[") where rest.first == UInt8(ascii: ":"):
        guard let close = rest.firstIndex(of: UInt8(ascii: "]")) else { return nil }
        let name = rest[(rest.startIndex + 1)..<close]
        if name.last == UInt8(ascii: ":") {
          guard let isMember = ByteSet.classes[String(decoding: name.dropLast(), as: UTF8.self)] else {
            return nil
          }
          for member in UInt8.min...UInt8.max where isMember(member) { members[Int(member)] = true }
          rest = rest[(close + 1)...]
          previous = nil
        } else {
          members[Int(byte)] = true
          previous = byte
        }
      default:
        members[Int(byte)] = true
        previous = byte
      }
      isFirst = false
    }
  }

  private static func rangeEnd(_ rest: inout ArraySlice<UInt8>) -> UInt8? {
    guard let last = rest.popFirst() else { return nil }
    return last == UInt8(ascii: "\\") ? rest.popFirst() : last
  }

  /// Whether the set contains a byte.
  func contains(_ byte: UInt8) -> Bool { members[Int(byte)] }
}
