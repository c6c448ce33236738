internal import CTOML
internal import Glibc
internal import JSONText

/// Parses TOML (toml.io, version 1.0).
enum TOMLReader {
  /// Parses a text.
  ///
  /// - Throws: `Mistake`.
  static func read(_ text: [UInt8]) throws(Mistake) -> ConfigurationValue {
    let answer: [UInt8]? = text.withUnsafeBytes { bytes in
      guard let answer = ctoml_read(bytes.bindMemory(to: CChar.self).baseAddress, bytes.count) else {
        return nil
      }
      defer { free(answer) }
      return (0..<strlen(answer)).map { UInt8(bitPattern: answer[$0]) }
    }
    guard let answer, let json = JSONValue(parsing: answer), let value = try value(json) else {
      throw Mistake(line: 1, reason: "the tables are nested too deeply")
    }
    return value
  }

  /// Converts a value from the form that `ctoml_read` writes.
  private static func value(_ json: JSONValue) throws(Mistake) -> ConfigurationValue? {
    guard case .array(let parts) = json, parts.count == 3, let line = parts[0].number,
      let kind = parts[1].text
    else {
      return nil
    }
    func made(_ kind: ConfigurationValue.Kind) -> ConfigurationValue {
      ConfigurationValue(line: Int(line), kind: kind)
    }
    switch (kind, parts[2]) {
    case ("mistake", let reason): throw Mistake(line: Int(line), reason: (reason.text ?? "").lowercasedFirst)
    case ("text", .text(let text)): return made(.text(text))
    case ("boolean", .boolean(let boolean)): return made(.boolean(boolean))
    case ("array", .array(let items)):
      var values: [ConfigurationValue] = []
      for item in items { if let value = try value(item) { values.append(value) } }
      return made(.array(values))
    case ("table", .object(let members)):
      var values: [(name: String, value: ConfigurationValue)] = []
      for (name, item) in members { if let value = try value(item) { values.append((name, value)) } }
      return made(.table(values))
    default: return made(.unasked)
    }
  }
}

/// A syntax error and its line.
struct Mistake: Error {
  let line: Int
  let reason: String
}

extension String {
  /// The text with a lowercase first letter, for use inside a message.
  fileprivate var lowercasedFirst: String { prefix(1).lowercased() + dropFirst() }
}
