/// The columns that a text takes on a terminal.
extension String {
  /// The number of columns; colour codes take none.
  var terminalWidth: Int {
    if utf8.allSatisfy({ (0x20..<0x7f).contains($0) }) { return utf8.count }
    var width = 0
    var isInEscape = false
    for character in self {
      if character == "\u{1b}" { isInEscape = true }
      if !isInEscape { width += character.terminalWidth }
      if isInEscape, character == "m" { isInEscape = false }
    }
    return width
  }
}

extension Character {
  /// The number of columns: 2 for the characters that Unicode calls wide, 0 for invisible ones, otherwise 1.
  fileprivate var terminalWidth: Int {
    guard let scalar = unicodeScalars.first, scalar.value >= 0x300 else { return 1 }
    switch scalar.properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: return 0
    default: return scalar.properties.isEmojiPresentation || Self.isWide(scalar.value) ? 2 : 1
    }
  }

  /// Whether a code point is wide or fullwidth in EastAsianWidth.txt of Unicode 16; emoji are not among them.
  private static func isWide(_ point: UInt32) -> Bool {
    point >= 0x1100 && wide.contains { $0.contains(point) }
  }

  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115f, 0x2329...0x232a, 0x2630...0x2637, 0x268a...0x268f, 0x2e80...0x303e, 0x3041...0x4dff,
    0x4e00...0xa4cf, 0xa960...0xa97c, 0xac00...0xd7a3, 0xf900...0xfaff, 0xfe10...0xfe19, 0xfe30...0xfe6b,
    0xff01...0xff60, 0xffe0...0xffe6, 0x16fe0...0x18cff, 0x1aff0...0x1b2fb, 0x1d300...0x1d376,
    0x1f200...0x1f265, 0x20000...0x3fffd,
  ]
}
