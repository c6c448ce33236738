/// The imports that a host offers.
enum ImportOffer: Hashable, Sendable {
  /// Every import.
  case anything
  /// The imports of a list.
  case listed(ImportList)
  /// The interfaces of WASI 0.2.
  case wasiPreview2

  /// The answer of a host for an import.
  enum Answer: Hashable {
    case offered
    case missing
    /// It exists, but has another type.
    case otherType(String)
    /// It exists, but a part of it does not match.
    case otherInside(InterfaceChange)
  }

  private static let wasiPackages: Set = ["cli", "clocks", "filesystem", "http", "io", "random", "sockets"]

  /// The answers of the host for each of a module's imports.
  func answers(to imports: [ModuleImport], of encoding: Encoding) -> [Answer] {
    switch self {
    case .anything: imports.map { _ in .offered }
    case .listed(let list): encoding == .core ? imports.map(list.answer) : list.answers(toComponent: imports)
    case .wasiPreview2: imports.map(Self.wasiAnswer)
    }
  }

  private static func wasiAnswer(to needed: ModuleImport) -> Answer {
    guard case .instance = needed.type, let version = InterfaceVersion(of: needed.name),
      version.track == ExactName(version.base + "@0.2"), version.base.hasPrefix("wasi:"),
      let package = version.base.dropFirst(5).split(separator: "/").first
    else { return .missing }
    return wasiPackages.contains(String(package)) ? .offered : .missing
  }
}
