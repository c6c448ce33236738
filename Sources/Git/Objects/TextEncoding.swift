/// The encoding of the texts of a commit or tag, according to its `encoding` line (git-commit, "Discussion").
enum TextEncoding: Hashable {
  /// Also used for unknown encodings: bytes that are not UTF-8 become replacement characters.
  case utf8
  case latin1
  case latin9
  case windows1252

  /// Finds the encoding of a name, in upper or lower case, with or without hyphens.
  init(named name: some Collection<UInt8>) {
    let plain = String(decoding: name, as: UTF8.self).lowercased().filter { $0.isLetter || $0.isNumber }
    switch plain {
    case "iso88591", "latin1", "l1", "cp819", "ibm819", "iso885911987", "isoir100": self = .latin1
    case "iso885915", "latin9", "latin0", "l9", "cp923": self = .latin9
    case "windows1252", "cp1252", "ibm1252", "win1252", "mswindows1252", "msansi": self = .windows1252
    default: self = .utf8
    }
  }

  /// Decodes a text.
  func text(_ bytes: ArraySlice<UInt8>) -> String {
    if self == .utf8 || bytes.allSatisfy({ $0 < 0x80 }) { return String(decoding: bytes, as: UTF8.self) }
    var text = String.UnicodeScalarView()
    for byte in bytes { text.append(scalar(byte)) }
    return String(text)
  }

  private func scalar(_ byte: UInt8) -> Unicode.Scalar {
    switch self {
    case .utf8, .latin1: Unicode.Scalar(byte)
    case .latin9: TextEncoding.latin9Scalars[byte] ?? Unicode.Scalar(byte)
    case .windows1252:
      (0x80...0x9f).contains(byte)
        ? TextEncoding.windows1252Scalars[Int(byte) - 0x80] : Unicode.Scalar(byte)
    }
  }

  /// The differences between ISO 8859-15 and ISO 8859-1.
  private static let latin9Scalars: [UInt8: Unicode.Scalar] = [
    0xa4: "\u{20ac}", 0xa6: "\u{160}", 0xa8: "\u{161}", 0xb4: "\u{17d}", 0xb8: "\u{17e}", 0xbc: "\u{152}",
    0xbd: "\u{153}", 0xbe: "\u{178}",
  ]

  /// The characters from 0x80 to 0x9f of windows-1252; five of them are undefined.
  private static let windows1252Scalars: [Unicode.Scalar] = [
    "\u{20ac}", "\u{fffd}", "\u{201a}", "\u{192}", "\u{201e}", "\u{2026}", "\u{2020}", "\u{2021}",
    "\u{2c6}", "\u{2030}", "\u{160}", "\u{2039}", "\u{152}", "\u{fffd}", "\u{17d}", "\u{fffd}",
    "\u{fffd}", "\u{2018}", "\u{2019}", "\u{201c}", "\u{201d}", "\u{2022}", "\u{2013}", "\u{2014}",
    "\u{2dc}", "\u{2122}", "\u{161}", "\u{203a}", "\u{153}", "\u{fffd}", "\u{17e}", "\u{178}",
  ]
}
