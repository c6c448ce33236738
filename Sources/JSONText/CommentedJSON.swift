/// JSON with comments and trailing commas, as in configuration files.
public enum CommentedJSON {
  /// Returns the text with spaces in place of comments and trailing commas.
  ///
  /// The result is JSON in which every position is unchanged.
  public static func blanked(_ text: [UInt8]) -> [UInt8] {
    var text = text
    if text.starts(with: [0xef, 0xbb, 0xbf]) { text.replaceSubrange(..<3, with: [0x20, 0x20, 0x20]) }
    var index = 0
    // The position of a comma that only white space and comments have followed so far.
    var comma: Int?
    func byte(_ index: Int) -> UInt8? { index < text.count ? text[index] : nil }
    while let current = byte(index) {
      switch (current, byte(index + 1)) {
      case (0x22, _):
        comma = nil
        index += 1
        while let inner = byte(index), inner != 0x22 { index += inner == 0x5c ? 2 : 1 }
      case (0x2f, 0x2f):
        while let inner = byte(index), inner != 0x0a {
          text[index] = 0x20
          index += 1
        }
        continue
      case (0x2f, 0x2a):
        let end = endOfComment(text, from: index + 2)
        for place in index..<end where text[place] != 0x0a { text[place] = 0x20 }
        index = end
        continue
      case (0x2c, _): comma = index
      case (0x5d, _), (0x7d, _):
        if let comma { text[comma] = 0x20 }
        comma = nil
      case (0x20, _), (0x09, _), (0x0a, _), (0x0d, _): break
      default: comma = nil
      }
      index += 1
    }
    return text
  }

  private static func endOfComment(_ text: [UInt8], from start: Int) -> Int {
    var index = start
    while index + 1 < text.count {
      if text[index] == 0x2a, text[index + 1] == 0x2f { return index + 2 }
      index += 1
    }
    return text.count
  }
}
