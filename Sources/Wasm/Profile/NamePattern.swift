/// A name with wildcards: `*` matches any characters, `?` matches one, and a backslash makes the next one literal.
struct NamePattern: Hashable, Sendable {
  private enum Step: Hashable {
    case one(Unicode.Scalar)
    case anyOne
    case any
  }

  private let steps: [Step]
  /// The unparsed pattern, which may itself be a name with such characters.
  let text: ExactName
  /// The only name that matches; nil if there are wildcards.
  let literal: ExactName?

  init(_ text: String) {
    var steps: [Step] = []
    var name = ""
    var isEscaped = false
    for scalar in text.unicodeScalars {
      switch (scalar, isEscaped) {
      case ("\\", false):
        isEscaped = true
        continue
      case ("*", false): if steps.last != .any { steps.append(.any) }
      case ("?", false): steps.append(.anyOne)
      default:
        steps.append(.one(scalar))
        name.unicodeScalars.append(scalar)
      }
      isEscaped = false
    }
    self.steps = steps
    self.text = ExactName(text)
    literal = name.unicodeScalars.count == steps.count ? ExactName(name) : nil
  }

  private init(steps: ArraySlice<Step>) {
    self.steps = Array(steps)
    text = ExactName("")
    literal = nil
  }

  /// The pattern before its last `@`, and the text after it; nil if there is no `@`, or if wildcards follow it.
  var version: (base: NamePattern, text: String)? {
    guard let at = steps.lastIndex(of: .one("@")) else { return nil }
    var text = ""
    for step in steps[(at + 1)...] {
      guard case .one(let scalar) = step else { return nil }
      text.unicodeScalars.append(scalar)
    }
    return (NamePattern(steps: steps[..<at]), text)
  }

  /// Whether the pattern matches the whole name. The time is at most the product of the lengths.
  func matches(_ name: String) -> Bool {
    let scalars = Array(name.unicodeScalars)
    var step = 0
    var position = 0
    var retry: (step: Int, position: Int)?
    while position < scalars.count {
      if step < steps.count, steps[step] == .any {
        retry = (step + 1, position)
        step += 1
      } else if step < steps.count, steps[step] == .anyOne || steps[step] == .one(scalars[position]) {
        step += 1
        position += 1
      } else if let last = retry {
        retry = (last.step, last.position + 1)
        (step, position) = (last.step, last.position + 1)
      } else {
        return false
      }
    }
    return steps[step...].allSatisfy { $0 == .any }
  }
}
