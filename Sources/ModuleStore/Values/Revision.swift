/// A parsed revision (Documentation/cli.md, "Naming revisions").
struct Revision: Hashable, Sendable {
  /// The first part of a revision.
  enum Base: Hashable, Sendable {
    /// The head of the branch in use.
    case head
    /// A branch, a tag, `HEAD`, or digits of a commit's id.
    case name(String)
    /// An earlier position of a branch; an empty name is the branch in use.
    case moment(branch: String, String)
  }

  /// A step from a commit to an earlier one.
  enum Step: Hashable, Sendable {
    /// A number of first parents back.
    case back(Int)
    /// To the parent with that number.
    case parent(Int)
  }

  /// The text.
  let text: String
  let base: Base
  let steps: [Step]

  /// Parses a text.
  ///
  /// - Throws: `StoreError.invalidRevision`.
  init(_ text: String) throws(StoreError) {
    self.text = text
    let end = Revision.endOfName(in: text)
    let name = String(text[..<end])
    var rest = text[end...]
    if rest.hasPrefix("@{") {
      guard let close = rest.firstIndex(of: "}") else {
        throw .invalidRevision(text, reason: "\"}\" is missing")
      }
      base = .moment(branch: name, String(rest[..<close].dropFirst(2)))
      rest = rest[rest.index(after: close)...]
    } else if rest.hasPrefix("@") {
      base = .head
      rest.removeFirst()
    } else {
      base = .name(name)
    }
    steps = try Revision.steps(rest, of: text)
  }

  private static func steps(_ suffix: Substring, of text: String) throws(StoreError) -> [Step] {
    var rest = suffix
    var steps: [Step] = []
    while let sign = rest.first {
      rest.removeFirst()
      let digits = rest.prefix(while: { $0.isASCII && $0.isNumber })
      rest = rest.dropFirst(digits.count)
      guard let count = digits.isEmpty ? 1 : Int(digits) else {
        throw .invalidRevision(text, reason: "the number is too large")
      }
      switch sign {
      case "~": steps.append(.back(count))
      case "^": steps.append(.parent(count))
      default: throw .invalidRevision(text, reason: "\"\(sign)\" is not allowed here")
      }
    }
    return steps
  }

  /// The end of the name at the start of a revision: at `~`, `^` or `@{`. An `@` alone is not a name.
  private static func endOfName(in revision: String) -> String.Index {
    // As bytes, because an operator with a combining character is still an operator.
    let bytes = revision.utf8
    let end =
      bytes.indices.first { "~^".utf8.contains(bytes[$0]) || bytes[$0...].starts(with: "@{".utf8) }
      ?? revision.endIndex
    return revision[..<end] == "@" ? revision.startIndex : end
  }
}
