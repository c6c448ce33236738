/// The parts of a body that a client asks for with `Range` (RFC 9110, section 14).
enum ByteRanges: Hashable, Sendable {
  /// All of it: nothing was asked for, or in a way that is not understood, or more than all of it.
  case whole
  /// These parts, in the order in which they were asked for.
  case parts([Range<Int>])
  /// None of what was asked for is there.
  case unsatisfiable

  /// The most parts of one response; whoever asks for more gets all of it.
  private static let limit = 32

  /// Reads a header field.
  ///
  /// - Parameters:
  ///   - field: The value of `Range`; nil where there is none.
  ///   - size: The number of bytes of the whole.
  init(_ field: String?, size: Int) {
    self = .whole
    guard let field, let equals = field.firstIndex(of: "="),
      field[..<equals].trimmed.lowercased() == "bytes"
    else { return }
    let items = field[field.index(after: equals)...].split(separator: ",").map(\.trimmed)
      .filter { !$0.isEmpty }
    guard (1...ByteRanges.limit).contains(items.count) else { return }
    var parts: [Range<Int>] = []
    for item in items {
      switch ByteRanges.part(item, size: size) {
      case .malformed: return
      case .outside: continue
      case .part(let part): parts.append(part)
      }
    }
    // Parts that overlap must not make a response larger than the whole.
    guard parts.reduce(0, { $0 + $1.count }) <= size else { return }
    self = parts.isEmpty ? .unsatisfiable : .parts(parts)
  }

  private enum Item {
    case malformed
    /// It begins behind the end.
    case outside
    case part(Range<Int>)
  }

  private static func part(_ text: Substring, size: Int) -> Item {
    let ends = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    guard ends.count == 2, ends.allSatisfy({ $0.allSatisfy { ("0"..."9").contains($0) } }) else {
      return .malformed
    }
    // What no number can hold lies behind the end of everything.
    let (first, last) = (Int(ends[0]) ?? .max, Int(ends[1]) ?? .max)
    switch (ends[0].isEmpty, ends[1].isEmpty) {
    case (true, true): return .malformed
    case (true, false): return last == 0 || size == 0 ? .outside : .part(size - min(last, size)..<size)
    case (false, true): return first < size ? .part(first..<size) : .outside
    case (false, false):
      guard first <= last else { return .malformed }
      return first < size ? .part(first..<min(last, size - 1) + 1) : .outside
    }
  }
}

extension StringProtocol {
  /// The text without spaces and tabs at its ends.
  var trimmed: Substring {
    var rest = Substring(self)
    while let first = rest.first, first == " " || first == "\t" { rest.removeFirst() }
    while let last = rest.last, last == " " || last == "\t" { rest.removeLast() }
    return rest
  }
}
