/// The version after the `@` of an interface's name, if other versions can be compatible with it.
///
/// Versions are compatible if they agree in the part that the component model calls the canonical version: the major
/// version, for `0.x.y` also the minor version, for `0.0.z` all three. A pre-release is only compatible with itself
/// (Component Model, Explainer.md, "Import and Export Definitions").
struct InterfaceVersion: Hashable {
  /// The name before the `@`.
  let base: String
  /// The version as written.
  let text: String
  private let numbers: [UInt64]

  /// Parses the version of a name; nil if there is none, or no other version is compatible with it.
  init?(of name: String) {
    guard let at = name.firstIndex(of: "@") else { return nil }
    base = String(name[..<at])
    text = String(name[name.index(after: at)...])
    guard SemanticVersion.problem(in: Array(text.utf8)[...]) == nil else { return nil }
    let release = text.prefix { $0 != "+" }
    guard !release.contains("-") else { return nil }
    numbers = release.split(separator: ".").compactMap { UInt64($0) }
    guard numbers.count == 3, numbers.contains(where: { $0 != 0 }) else { return nil }
  }

  /// The name with the canonical version, which compatible versions share: `wasi:io/streams@0.2`.
  var track: ExactName { ExactName(base + "@" + canonical) }

  /// The part of the version that compatible versions share: `1`, `0.2`, `0.0.3`.
  private var canonical: String {
    let count = (numbers.firstIndex { $0 != 0 } ?? 0) + 1
    return numbers.prefix(count).map { String($0) }.joined(separator: ".")
  }

  /// Whether the other version is not older than this one, if both have the same canonical version.
  func isAtMost(_ other: InterfaceVersion) -> Bool { !other.numbers.lexicographicallyPrecedes(numbers) }
}
