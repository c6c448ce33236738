/// The imports that a host offers.
enum ImportOffer: Hashable, Sendable {
  /// Whatever is asked for.
  case anything
  /// What a list names.
  case listed(ImportList)
  /// The interfaces of WASI 0.2.
  case wasiPreview2

  /// What a host has for an import.
  enum Answer: Hashable {
    case offered
    case missing
    /// It is there, but of a type that does not fit.
    case otherType(String)
  }

  private static let wasiPackages: Set = ["cli", "clocks", "filesystem", "http", "io", "random", "sockets"]

  func answer(to needed: ModuleImport, of encoding: Encoding) -> Answer {
    switch self {
    case .anything: return .offered
    case .listed(let list): return list.answer(to: needed, of: encoding)
    case .wasiPreview2:
      guard case .instance = needed.type, let version = InterfaceVersion(of: needed.name),
        version.track == ExactName(version.base + "@0.2"), version.base.hasPrefix("wasi:"),
        let package = version.base.dropFirst(5).split(separator: "/").first
      else { return .missing }
      return Self.wasiPackages.contains(String(package)) ? .offered : .missing
    }
  }
}

/// A list of imports by name or pattern, some with their types.
struct ImportList: Hashable, Sendable {
  /// The type that is offered.
  enum OfferedType: Hashable {
    /// Any type that is asked for.
    case any
    /// That of an import of a core module.
    case core(ExternalType)
    /// That of an import of a component, as text.
    case component(String)

    var text: String {
      switch self {
      case .any: ""
      case .core(let type): type.text(in: .core)
      case .component(let text): text
      }
    }

    func fits(_ needed: ExternalType, of encoding: Encoding) -> Bool {
      switch self {
      case .any: true
      case .core(let type): encoding == .core && type.isSubtype(of: needed)
      case .component(let text): encoding == .component && text == needed.text(in: .component)
      }
    }
  }

  private struct Versioned: Hashable {
    var version: InterfaceVersion
    var type: OfferedType
  }

  private struct Wildcard: Hashable {
    var pattern: NamePattern
    var type: OfferedType
  }

  private var names: [ExactName: [OfferedType]] = [:]
  private var versions: [ExactName: [Versioned]] = [:]
  private var wildcards: [Wildcard] = []

  /// Adds what a pattern names. A name with the version of an interface stands for compatible earlier versions too.
  mutating func offer(_ pattern: NamePattern, _ type: OfferedType) {
    guard let name = pattern.literal else {
      wildcards.append(Wildcard(pattern: pattern, type: type))
      return
    }
    names[name, default: []].append(type)
    if let version = InterfaceVersion(of: name.text) {
      versions[version.track, default: []].append(Versioned(version: version, type: type))
    }
  }

  func answer(to needed: ModuleImport, of encoding: Encoding) -> ImportOffer.Answer {
    let name = (needed.module.map { $0 + "." } ?? "") + needed.name
    var offered = names[ExactName(name)] ?? []
    if encoding == .component, let version = InterfaceVersion(of: name) {
      offered += (versions[version.track] ?? []).filter { version.isAtMost($0.version) }.map(\.type)
    }
    offered += wildcards.filter { $0.pattern.matches(name) }.map(\.type)
    guard let first = offered.first else { return .missing }
    return offered.contains { $0.fits(needed.type, of: encoding) } ? .offered : .otherType(first.text)
  }
}
