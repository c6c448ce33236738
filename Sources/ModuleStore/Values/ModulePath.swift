internal import Git
internal import Identifiers

/// The path of a module in a branch: steps joined by slashes.
///
/// Steps are compared as bytes; case and Unicode forms are kept. The rules are in Documentation/formats.md, "Paths".
public struct ModulePath: Hashable, Sendable {
  /// The steps; at least one, and none is empty.
  public let steps: [String]

  /// The maximum length of a step, in bytes.
  public static let stepLimit = 255
  /// The maximum length of a path without its leading slash, in bytes.
  public static let lengthLimit = 1_024
  /// The maximum number of steps.
  public static let depthLimit = 64

  /// Parses a path; empty steps are dropped, so `a`, `/a`, `a/` and `//a` are the same.
  ///
  /// - Throws: `StoreError.invalidPath`.
  public init(_ text: String) throws(StoreError) {
    let steps = text.utf8.split(separator: 0x2f)
    if let reason = ModulePath.objection(to: Array(steps.joined(separator: [0x2f]))[...]) {
      throw .invalidPath(text, reason: reason)
    }
    self.steps = steps.map { String(decoding: $0, as: UTF8.self) }
  }

  /// Parses a path of a tree or of the catalog; nil if it breaks the rules, which plain git does not enforce.
  init?(bytes: [UInt8]) {
    guard ModulePath.isPath(bytes) else { return nil }
    steps = bytes.split(separator: 0x2f).map { String(decoding: $0, as: UTF8.self) }
  }

  /// Returns whether bytes, with or without a leading slash, follow the rules.
  static func isPath(_ bytes: [UInt8]) -> Bool {
    objection(to: bytes.first == 0x2f ? bytes.dropFirst() : bytes[...]) == nil
  }

  /// The steps as names in git trees.
  var names: [[UInt8]] { steps.map { Array($0.utf8) } }

  /// The bytes of the path without a leading slash: the key in the catalog.
  var key: [UInt8] { Array(description.utf8.dropFirst()) }

  /// The last step.
  public var name: String { steps.last ?? "" }

  /// The path below `prefix`.
  public func below(_ prefix: ModulePath?) throws(StoreError) -> ModulePath {
    guard let prefix else { return self }
    return try ModulePath((prefix.steps + steps).joined(separator: "/"))
  }

  /// Returns why steps joined by slashes are not a valid path; nil if they are.
  private static func objection(to path: ArraySlice<UInt8>) -> String? {
    if isPlain(path) { return nil }
    let steps = path.split(separator: 0x2f, omittingEmptySubsequences: false)
    guard steps.count <= depthLimit else { return "it has more than \(depthLimit) levels" }
    guard path.count <= lengthLimit else { return "it is longer than \(lengthLimit) bytes" }
    if isHexadecimal(path, count: 64...64) { return "a name of 64 hexadecimal digits is a module's hash" }
    for step in steps {
      if let reason = objection(toStep: step) { return reason }
    }
    return nil
  }

  /// Returns whether a path needs no further checks, as almost all do: it is short, in printable ASCII, without an
  /// empty step or one that begins with a dot, and without `git` in either case, which all reserved names contain.
  private static func isPlain(_ path: ArraySlice<UInt8>) -> Bool {
    guard path.count < 2 * depthLimit, path.count != ModuleDigest.digitCount else { return false }
    var last: (UInt8, UInt8) = (0x2f, 0)
    for byte in path {
      guard byte >= 0x20, byte < 0x7f else { return false }
      if last.0 == 0x2f, byte == 0x2f || byte == 0x2e { return false }
      if byte | 0x20 == 0x74, last.0 | 0x20 == 0x69, last.1 | 0x20 == 0x67 { return false }
      last = (byte, last.0)
    }
    return last.0 != 0x2f
  }

  private static func objection(toStep step: ArraySlice<UInt8>) -> String? {
    if step.isEmpty { return "it is empty" }
    if step == [0x2e] || step == [0x2e, 0x2e] {
      return "\"\(String(decoding: step, as: UTF8.self))\" is not allowed"
    }
    if step.count > stepLimit { return "a segment is longer than \(stepLimit) bytes" }
    if step.contains(where: { $0 < 0x20 || $0 == 0x7f }) { return "it has a control character" }
    guard let text = String(validating: step, as: UTF8.self) else { return "it is not valid UTF-8" }
    if text.unicodeScalars.contains(where: { (0x80...0x9f).contains($0.value) }) {
      return "it has a control character"
    }
    if text.unicodeScalars.contains("\u{fffd}") { return "it is not valid UTF-8" }
    if isReserved(text) { return "git reserves the name \"\(text)\"" }
    return nil
  }

  /// Returns whether git refuses the name: `.git`, names that Windows and macOS treat as `.git` (git's `protectHFS` and
  /// `protectNTFS`), and files that git itself reads from a tree.
  static func isReserved(_ step: String) -> Bool {
    var visible = String.UnicodeScalarView()
    for scalar in step.unicodeScalars where !ignored.contains(scalar.value) { visible.append(scalar) }
    // Scalars, because git compares bytes: a colon with an accent is one character.
    var name = String(visible).lowercased().unicodeScalars[...]
    // NTFS drops trailing dots and spaces, and a colon separates the name of a stream of the same file.
    if let colon = name.firstIndex(of: ":") { name = name[..<colon] }
    while name.last == "." || name.last == " " { name.removeLast() }
    return name.split(separator: "\\").contains { reservedNames.contains(String($0)) }
  }

  /// HFS+ ignores these characters, so `.g\u{200c}it` would be `.git` there.
  private static let ignored: Set<UInt32> = [
    0x200c, 0x200d, 0x200e, 0x200f, 0x202a, 0x202b, 0x202c, 0x202d, 0x202e, 0x206a, 0x206b, 0x206c,
    0x206d, 0x206e, 0x206f, 0xfeff,
  ]

  private static let reservedNames: Set<String> = [
    ".git", "git~1", ".gitmodules", "gitmod~1", ".gitattributes", "gitatt~1",
  ]
}

extension ModulePath: Comparable {
  /// Orders paths step by step, each by its bytes.
  public static func < (left: ModulePath, right: ModulePath) -> Bool {
    left.steps.lexicographicallyPrecedes(right.steps) {
      $0.utf8.lexicographicallyPrecedes($1.utf8)
    }
  }
}

extension ModulePath: CustomStringConvertible {
  /// The path with a leading slash.
  public var description: String { steps.reduce(into: "") { $0 += "/" + $1 } }

  /// The path for display: with a leading slash, and quoted if it has unusual characters.
  public var spelled: String { ModuleStore.spelled(Array(description.utf8)) }
}

/// A path for display, quoted as in git if it has unusual characters: in double quotes, with backslash escapes, and
/// invalid UTF-8 in octal (git-config, `core.quotePath`).
public func spelled(_ path: [UInt8]) -> String { String(decoding: quoted(path), as: UTF8.self) }

/// A name for display, quoted as in git if it has unusual characters.
public func spelled(_ name: String) -> String { spelled(Array(name.utf8)) }

/// The bytes of a path, quoted as in git if it has unusual characters.
func quoted(_ path: [UInt8]) -> [UInt8] {
  let isPlain = path.allSatisfy { $0 >= 0x20 && $0 < 0x7f && $0 != 0x22 && $0 != 0x5c }
  if isPlain { return path }
  let isValid = String(validating: path, as: UTF8.self) != nil
  let isControl = controlBytes(in: path)
  guard !isValid || isControl.contains(true) || path.contains(0x22) || path.contains(0x5c) else {
    return path
  }
  var text: [UInt8] = [0x22]
  for (byte, isControl) in zip(path, isControl) {
    switch byte {
    case 0x22, 0x5c: text += [0x5c, byte]
    case 0x09: text += Array("\\t".utf8)
    case 0x0a: text += Array("\\n".utf8)
    case 0x0d: text += Array("\\r".utf8)
    case let byte where isControl || (byte >= 0x80 && !isValid):
      let digits = String(byte, radix: 8)
      text += Array(("\\" + String(repeating: "0", count: 3 - digits.count) + digits).utf8)
    default: text.append(byte)
    }
  }
  return text + [0x22]
}

/// Returns for each byte whether it belongs to a control character; U+0080 to U+009F are two bytes each.
func controlBytes(in text: [UInt8]) -> [Bool] {
  text.indices.map { index in
    let byte = text[index]
    if byte < 0x20 || byte == 0x7f { return true }
    if byte == 0xc2 { return index + 1 < text.count && (0x80...0x9f).contains(text[index + 1]) }
    return (0x80...0x9f).contains(byte) && index > 0 && text[index - 1] == 0xc2
  }
}
