/// A revision as it is written, taken apart (Documentation/cli.md, "Naming revisions").
struct Revision: Hashable, Sendable {
  /// What it begins with.
  enum Base: Hashable, Sendable {
    /// The head of the branch in use.
    case head
    /// A branch, a tag, `HEAD`, or digits of a commit's id.
    case name(String)
    /// Where a branch stood; an empty name is the branch in use.
    case moment(branch: String, String)
  }

  /// A step from a commit to one before it.
  enum Step: Hashable, Sendable {
    /// So many first parents back.
    case back(Int)
    /// To the parent of that number.
    case parent(Int)
  }

  /// The text.
  let text: String
  let base: Base
  let steps: [Step]

  /// Takes a text apart.
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
      default: throw .invalidRevision(text, reason: "\"\(sign)\" is out of place")
      }
    }
    return steps
  }

  /// Where the name that a revision begins with ends: at `~`, `^` or `@{`. An `@` alone is no name.
  private static func endOfName(in revision: String) -> String.Index {
    // As bytes, for each is a sign whatever follows it.
    let bytes = revision.utf8
    let end =
      bytes.indices.first { "~^".utf8.contains(bytes[$0]) || bytes[$0...].starts(with: "@{".utf8) }
      ?? revision.endIndex
    return revision[..<end] == "@" ? revision.startIndex : end
  }
}
