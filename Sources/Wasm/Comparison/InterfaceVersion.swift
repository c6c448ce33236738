/// The version behind the `@` of an interface's name, if others can be compatible with it.
///
/// Versions are compatible that agree in the part that the component model calls the canonical version: the major
/// version, of `0.x.y` the minor version too, of `0.0.z` all three. A pre-release is compatible with itself only
/// (Component Model, Explainer.md, "Import and Export Definitions").
struct InterfaceVersion: Hashable {
  /// The name up to the `@`.
  let base: String
  /// The version as written.
  let text: String
  private let numbers: [UInt64]

  /// Reads the version of a name; nil where there is none, or one that nothing else is compatible with.
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

  /// Whether the other version has all that this one has, if both are of one track.
  func isAtMost(_ other: InterfaceVersion) -> Bool { !other.numbers.lexicographicallyPrecedes(numbers) }
}

extension ExternalType {
  /// The type of a component's import or export with canonical versions in the names that it refers to.
  ///
  /// Descriptions call the type of another interface `wasi:io/error@0.2.0.{error}`. With the version of that interface
  /// the text rises too, though nothing but the version differs, which is told where that interface stands.
  var withCanonicalVersions: ExternalType {
    switch self {
    case .type(let definition): return .type(definition: InterfaceVersion.canonical(in: definition))
    case .function(var signature):
      for index in signature.parameters.indices {
        signature.parameters[index].type = InterfaceVersion.canonical(in: signature.parameters[index].type)
      }
      signature.results = signature.results.map { InterfaceVersion.canonical(in: $0) }
      return .function(signature)
    case .table, .memory, .global, .tag, .module, .component, .instance, .resource: return self
    }
  }
}

extension InterfaceVersion {
  /// The text with each `NAME@VERSION.{` in it reduced to the canonical version.
  fileprivate static func canonical(in text: String) -> String {
    let parts = text.split(separator: "@", omittingEmptySubsequences: false)
    guard let first = parts.first, parts.count > 1 else { return text }
    return parts.dropFirst().reduce(String(first)) { result, part in
      let written = part.prefix { $0 != "{" }
      let version = InterfaceVersion(of: "@" + written.dropLast())
      guard written.endIndex < part.endIndex, written.last == ".", let version else {
        return result + "@" + part
      }
      return result + "@" + version.canonical + "." + part[written.endIndex...]
    }
  }
}
