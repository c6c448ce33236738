internal import Identifiers

/// The text of a commit or a tag: lines of a keyword and a value, an empty line, a message.
///
/// It never refuses a text: plain git stores everything that `hash-object --literally` is given, and shows what it
/// can parse.
struct ObjectText {
  private let header: [ArraySlice<UInt8>]
  private let encoding: TextEncoding
  private let body: ArraySlice<UInt8>

  /// Parses the bytes of an object.
  init(_ bytes: [UInt8]) {
    var header: [ArraySlice<UInt8>] = []
    var rest = bytes[...]
    while let end = rest.firstIndex(of: 0x0a), end > rest.startIndex {
      header.append(rest[..<end])
      rest = rest[(end + 1)...]
    }
    // If the text is truncated within its header, its last line has no line end.
    if !rest.isEmpty, rest.first != 0x0a {
      header.append(rest)
      rest = []
    }
    self.header = header
    body = rest.drop { $0 == 0x0a }.prefix { $0 != 0 }
    encoding = ObjectText.values(of: "encoding", in: header).first.map { TextEncoding(named: $0) } ?? .utf8
  }

  /// The message, without the line ends before it; it ends at a NUL, as in git.
  var message: String { encoding.text(body) }

  /// The object's id on the first line with a keyword; nil if there is none.
  func id(_ word: String) -> ObjectID? { ids(word).first }

  /// The objects' ids on the lines with a keyword.
  func ids(_ word: String) -> [ObjectID] {
    ObjectText.values(of: word, in: header).compactMap { ObjectID(hexadecimalDigits: $0) }
  }

  /// The person on the first line with a keyword; an empty name and the year 1970 if there is none.
  func signature(_ word: String) -> Signature {
    let line = ObjectText.values(of: word, in: header).first
    return line.map { Signature(parsing: $0, encoding: encoding) }
      ?? Signature(name: "", mail: "", seconds: 0)
  }

  /// The date on the first line with a keyword.
  func seconds(_ word: String) -> Int64 {
    ObjectText.values(of: word, in: header).first.map { Signature.seconds(in: $0) } ?? 0
  }

  private static func values(of word: String, in header: [ArraySlice<UInt8>]) -> [ArraySlice<UInt8>] {
    let start = Array((word + " ").utf8)
    return header.filter { $0.starts(with: start) }.map { $0.dropFirst(start.count) }
  }
}

extension Signature {
  /// Parses `NAME <MAIL> SECONDS ZONE`. Parts that cannot be parsed are empty, or 0, as in git.
  init(parsing line: ArraySlice<UInt8>, encoding: TextEncoding) {
    let open = line.firstIndex(of: 0x3c) ?? line.endIndex
    let close = line[open...].firstIndex(of: 0x3e) ?? line.endIndex
    let mail = open < close ? line[(open + 1)..<close] : []
    self.init(
      name: Signature.trimmed(encoding.text(line[..<open])), mail: Signature.trimmed(encoding.text(mail)),
      seconds: Signature.seconds(in: line))
  }

  /// The seconds in a line; 0 if there are none, or if git cannot show the date.
  static func seconds(in line: ArraySlice<UInt8>) -> Int64 {
    // A mail address may contain a bracket; the date is after the last one.
    let date = (line.lastIndex(of: 0x3e)).map { line[($0 + 1)...] } ?? []
    let digits = date.drop { $0 == 0x20 }.prefix { (0x30...0x39).contains($0) }
    guard let seconds = Int64(String(decoding: digits, as: UTF8.self)), seconds <= limit else { return 0 }
    return seconds
  }

  /// The end of the last year that C's `struct tm` can hold.
  private static let limit: Int64 = 67_768_036_191_676_799

  private static func trimmed(_ text: String) -> String {
    let isKept = { (scalar: Unicode.Scalar) in !scalar.properties.isWhitespace }
    let scalars = text.unicodeScalars
    guard let first = scalars.firstIndex(where: isKept), let last = scalars.lastIndex(where: isKept) else {
      return ""
    }
    return String(scalars[first...last])
  }
}
