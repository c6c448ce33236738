/// Semantic versions (semver.org, 2.0.0); only their form is checked here.
enum SemanticVersion {
  private enum Part: String {
    case major = "major version number"
    case minor = "minor version number"
    case patch = "patch version number"
    case prerelease = "pre-release identifier"
    case build = "build metadata"
  }

  /// The error in the form of a version, or nil.
  static func problem(in text: ArraySlice<UInt8>) -> String? {
    if text.isEmpty { return "empty string, expected a semver version" }
    var rest = text
    for part in [Part.major, .minor, .patch] {
      if let problem = skipNumber(part, &rest) { return problem }
      if part == .patch { break }
      guard rest.first == UInt8(ascii: ".") else { return unexpected(in: rest, after: part) }
      rest.removeFirst()
    }
    var last = Part.patch
    for (part, mark) in [(Part.prerelease, UInt8(ascii: "-")), (.build, UInt8(ascii: "+"))] {
      guard rest.first == mark else { continue }
      rest.removeFirst()
      last = part
      if let problem = skipIdentifiers(part, &rest) { return problem }
    }
    return rest.isEmpty ? nil : unexpected(in: rest, after: last)
  }

  private static func skipNumber(_ part: Part, _ rest: inout ArraySlice<UInt8>) -> String? {
    let digits = rest.prefix { isDigit($0) }
    guard let first = digits.first else {
      guard let character = character(at: rest) else {
        return "unexpected end of input while parsing \(part.rawValue)"
      }
      return "unexpected character \(character) while parsing \(part.rawValue)"
    }
    if first == UInt8(ascii: "0") && digits.count > 1 { return "invalid leading zero in \(part.rawValue)" }
    guard UInt64(String(decoding: digits, as: UTF8.self)) != nil else {
      return "value of \(part.rawValue) exceeds u64::MAX"
    }
    rest = rest.dropFirst(digits.count)
    return nil
  }

  private static func skipIdentifiers(_ part: Part, _ rest: inout ArraySlice<UInt8>) -> String? {
    while true {
      let identifier = rest.prefix { isDigit($0) || isLetter($0) || $0 == UInt8(ascii: "-") }
      guard !identifier.isEmpty else { return "empty identifier segment in \(part.rawValue)" }
      let isNumber = identifier.allSatisfy { isDigit($0) }
      if part == .prerelease && isNumber && identifier.count > 1 && identifier.first == UInt8(ascii: "0") {
        return "invalid leading zero in \(part.rawValue)"
      }
      rest = rest.dropFirst(identifier.count)
      guard rest.first == UInt8(ascii: ".") else { return nil }
      rest.removeFirst()
    }
  }

  private static func unexpected(in rest: ArraySlice<UInt8>, after part: Part) -> String {
    guard let character = character(at: rest) else {
      return "unexpected end of input while parsing \(part.rawValue)"
    }
    return "unexpected character \(character) after \(part.rawValue)"
  }

  private static func character(at rest: ArraySlice<UInt8>) -> String? {
    guard let first = String(decoding: rest, as: UTF8.self).unicodeScalars.first else { return nil }
    return "'\(String(first).quotedName)'"
  }

  private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

  private static func isLetter(_ byte: UInt8) -> Bool {
    UInt8(ascii: "a")...UInt8(ascii: "z") ~= byte | 0x20 && byte < 0x80
  }
}
