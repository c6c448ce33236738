/// An error in the text of a profile.
public struct HostProfileError: Error, Hashable, Sendable {
  /// The line number, from 1.
  public var line: Int
  /// The problem.
  public var message: String
}

extension HostProfile {
  /// Parses a list of a host's features and imports, one per line:
  ///
  /// `NAME` or `NAME: TYPE` is an import, `features LIST` the host's features, `feature NAME` one more feature, `limits
  /// javascript` adds the limits of the JavaScript interface, and text after `#` at the start of a line or after a
  /// space is a comment. `name` becomes the name of the profile.
  public init(parsing text: String, name: String) throws(HostProfileError) {
    var list = ImportList()
    var features: Features?
    var limits = HostLimits.none
    let text = text.drop { $0 == "\u{feff}" }
    // Not other characters that count as a new line, which may be part of a name.
    let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" || $0 == "\r" }
    for (index, line) in lines.enumerated() {
      let words = Self.words(of: line)
      guard let first = words.first else { continue }
      do throws(LineError) {
        switch first {
        case "feature": features = try Self.adding(words.dropFirst(), to: features ?? .mvp)
        case "features": features = try Self.features(words.dropFirst())
        case "limits" where words.count == 2:
          guard words[1] == "javascript" else {
            throw LineError(
              message: "'\(words[1].quotedName)' is not a set of limits; the only one is javascript")
          }
          limits = .javaScript
        default:
          let (pattern, type) = try Self.offer(words)
          list.offer(pattern, type)
        }
      } catch {
        throw HostProfileError(line: index + 1, message: error.message)
      }
    }
    let known = features ?? .default
    self.init(
      name: name, features: known,
      encodings: known.contains(.componentModel) ? [.core, .component] : [.core], imports: .listed(list),
      limits: limits)
  }

  private struct LineError: Error {
    var message: String
  }

  /// The words of a line without its comment; a space after a backslash is part of the word.
  private static func words(of line: Substring) -> [String] {
    var words: [String] = []
    var word = ""
    var isEscaped = false
    for scalar in line.unicodeScalars {
      if !isEscaped, scalar == " " || scalar == "\t" {
        if !word.isEmpty { words.append(word) }
        word = ""
        continue
      }
      if scalar == "#", word.isEmpty { break }
      word.unicodeScalars.append(scalar)
      isEscaped = scalar == "\\" && !isEscaped
    }
    return word.isEmpty ? words : words + [word]
  }

  private static func features(_ words: ArraySlice<String>) throws(LineError) -> Features {
    let list = words.joined(separator: ",")
    guard !words.isEmpty, let features = try? Features(parsing: list) else {
      throw LineError(message: "'\(list.quotedName)' is not a list of features")
    }
    return features
  }

  private static func adding(_ words: ArraySlice<String>, to known: Features) throws(LineError) -> Features {
    let name = words.joined(separator: " ")
    guard let features = Features(named: name) else {
      throw LineError(message: "'\(name.quotedName)' is not a feature")
    }
    return known.union(features)
  }

  private static func offer(_ words: [String]) throws(LineError) -> (NamePattern, ImportList.OfferedType) {
    let endsInColon = words[0].endsInColon
    guard words.count > 1 || endsInColon else { return (NamePattern(words[0]), .any) }
    guard endsInColon else {
      throw LineError(message: "expected ': ' between '\(words[0].quotedName)' and its type")
    }
    let text = words.dropFirst().joined(separator: " ")
    let pattern = NamePattern(String(words[0].dropLast()))
    if let type = ExternalType(parsing: text) { return (pattern, .core(type)) }
    guard let type = ExternalType(parsing: text, in: .component) else {
      throw LineError(message: "'\(text.printable(upTo: 100))' is not a type")
    }
    return (pattern, .component(type))
  }
}

extension String {
  /// Whether it ends with a colon that is not escaped as part of a name.
  fileprivate var endsInColon: Bool {
    guard utf8.last == 0x3a else { return false }
    return utf8.dropLast().reversed().prefix { $0 == 0x5c }.count.isMultiple(of: 2)
  }
}
