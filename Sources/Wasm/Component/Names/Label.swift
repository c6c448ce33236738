/// Labels: words of one case joined by hyphens (Component Model, Explainer.md, "Import and Export Definitions").
extension String {
  /// Whether the text is a label: each word begins with a letter (words after the first may also begin with a digit)
  /// and its letters are all lower or all upper case.
  var isLabel: Bool { utf8.isLabel }

  /// The text with ASCII letters in lower case and without hyphens: equal for two labels that cannot both be names in
  /// one scope, because bindings for a language may spell both in the same way.
  var labelKey: String {
    String(decoding: utf8.lazy.filter { $0 != UInt8(ascii: "-") }.map(\.asciiLowercased), as: UTF8.self)
  }
}

extension Sequence<UInt8> {
  /// Whether the bytes are a label.
  var isLabel: Bool {
    var word: Word?
    var isFirst = true
    for byte in self {
      switch (byte, word) {
      case (UInt8(ascii: "-"), .some):
        word = nil
        isFirst = false
      case (UInt8(ascii: "a")...UInt8(ascii: "z"), nil), (UInt8(ascii: "a")...UInt8(ascii: "z"), .digits):
        word = .lowercase
      case (UInt8(ascii: "A")...UInt8(ascii: "Z"), nil), (UInt8(ascii: "A")...UInt8(ascii: "Z"), .digits):
        word = .uppercase
      case (UInt8(ascii: "0")...UInt8(ascii: "9"), nil) where !isFirst: word = .digits
      case (UInt8(ascii: "0")...UInt8(ascii: "9"), .some): break
      case (UInt8(ascii: "a")...UInt8(ascii: "z"), .lowercase): break
      case (UInt8(ascii: "A")...UInt8(ascii: "Z"), .uppercase): break
      default: return false
      }
    }
    return word != nil
  }
}

/// The case of a label's word; digits alone do not decide it.
private enum Word { case lowercase, uppercase, digits }

extension UInt8 {
  /// The byte, converted to lower case if it is an ASCII letter.
  var asciiLowercased: UInt8 {
    UInt8(ascii: "A")...UInt8(ascii: "Z") ~= self ? self | 0x20 : self
  }
}
