/// A pattern with wildcards as in git: `*`, `?`, `[…]` and `**` (gitignore(5)).
struct Wildcard: Hashable, Sendable {
  /// A part of a pattern.
  private enum Part: Hashable, Sendable {
    case byte(UInt8)
    /// One byte except a slash.
    case any
    /// One byte of a set except a slash.
    case set(ByteSet)
    /// Any number of bytes except slashes.
    case star
    /// Any number of bytes.
    case everything
    /// No bytes; the next two parts, which match folders, are optional.
    case optionalFolders
  }

  /// The parts; nil if the pattern matches nothing.
  private let parts: [Part]?

  /// Reads a pattern.
  init(_ pattern: ArraySlice<UInt8>) {
    var parts: [Part] = []
    var rest = pattern
    while let byte = rest.popFirst() {
      switch byte {
      case UInt8(ascii: "?"): parts.append(.any)
      case UInt8(ascii: "["):
        guard let set = ByteSet(reading: &rest) else {
          self.parts = nil
          return
        }
        parts.append(.set(set))
      case UInt8(ascii: "\\"):
        guard let escaped = rest.popFirst() else {
          self.parts = nil
          return
        }
        parts.append(.byte(escaped))
      case UInt8(ascii: "*"):
        parts += Wildcard.stars(&rest, areAtStart: parts.isEmpty || parts.last == .byte(0x2f))
      default: parts.append(.byte(byte))
      }
    }
    self.parts = parts
  }

  /// Reads the rest of a pattern after an asterisk. Two asterisks match slashes if they are between slashes or ends.
  private static func stars(_ rest: inout ArraySlice<UInt8>, areAtStart: Bool) -> [Part] {
    var count = 1
    while rest.first == UInt8(ascii: "*") {
      rest.removeFirst()
      count += 1
    }
    guard count > 1, areAtStart else { return [.star] }
    if rest.isEmpty || rest.starts(with: [0x5c, 0x2f]) { return [.everything] }
    guard rest.first == 0x2f else { return [.star] }
    rest.removeFirst()
    return [.optionalFolders, .everything, .byte(0x2f)]
  }

  /// Whether the pattern matches a whole text.
  func matches(_ text: ArraySlice<UInt8>) -> Bool {
    guard let parts else { return false }
    // The parts that may match the next byte; all at once, so that the time is at most text length times parts.
    var states = [Bool](repeating: false, count: parts.count + 1)
    states[0] = true
    Wildcard.addWhatMayFollow(&states, parts)
    for byte in text {
      var next = [Bool](repeating: false, count: parts.count + 1)
      for index in parts.indices where states[index] {
        switch parts[index] {
        case .byte(let wanted): if byte == wanted { next[index + 1] = true }
        case .any: if byte != 0x2f { next[index + 1] = true }
        case .set(let set): if byte != 0x2f, set.contains(byte) { next[index + 1] = true }
        case .star: if byte != 0x2f { next[index] = true }
        case .everything: next[index] = true
        case .optionalFolders: break
        }
      }
      Wildcard.addWhatMayFollow(&next, parts)
      states = next
    }
    return states[parts.count]
  }

  /// Adds the parts that can be reached without another byte.
  private static func addWhatMayFollow(_ states: inout [Bool], _ parts: [Part]) {
    for index in parts.indices where states[index] {
      switch parts[index] {
      case .star, .everything: states[index + 1] = true
      case .optionalFolders: (states[index + 1], states[index + 3]) = (true, true)
      case .byte, .any, .set: break
      }
    }
  }
}
