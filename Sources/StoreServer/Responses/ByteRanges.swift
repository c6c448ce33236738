/// The byte ranges that a client requests with `Range` (RFC 9110, section 14).
enum ByteRanges: Hashable, Sendable {
  /// The whole body: there is no range, or it is malformed, or the ranges together are larger than the body.
  case whole
  /// These parts, in the requested order.
  case parts([Range<Int>])
  /// None of the ranges overlaps the body.
  case unsatisfiable

  /// The maximum number of parts in a response. A request for more parts gets the whole body.
  private static let limit = 32

  /// Reads a header field.
  ///
  /// - Parameters:
  ///   - field: The value of `Range`; nil if the header is missing.
  ///   - size: The size of the whole body in bytes.
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
    // Overlapping parts must not make the response larger than the whole body.
    guard parts.reduce(0, { $0 + $1.count }) <= size else { return }
    self = parts.isEmpty ? .unsatisfiable : .parts(parts)
  }

  private enum Item {
    case malformed
    /// The range begins after the end of the body.
    case outside
    case part(Range<Int>)
  }

  private static func part(_ text: Substring, size: Int) -> Item {
    let ends = text.split(separator: "-", maxSplits: 1, omittingEmptySubsequences: false)
    guard ends.count == 2, ends.allSatisfy({ $0.allSatisfy { ("0"..."9").contains($0) } }) else {
      return .malformed
    }
    // A number that overflows is after the end of every body.
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
