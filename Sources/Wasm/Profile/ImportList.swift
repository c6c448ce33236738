/// A list of imports by name or pattern, some with their types.
struct ImportList: Hashable, Sendable {
  /// The offered type.
  enum OfferedType: Hashable {
    /// Any required type.
    case any
    /// The type of an import of a core module.
    case core(ExternalType)
    /// The type of an import of a component.
    case component(ExternalType)

    var summary: String {
      switch self {
      case .any: ""
      case .core(let type): type.summary(in: .core)
      case .component(let type): type.summary(in: .component)
      }
    }
  }

  /// An item of the list that has the name of an import, or a version that can replace it.
  private struct Offer: Hashable {
    /// Its name in the host.
    var name: String
    var type: OfferedType
  }

  private struct Versioned: Hashable {
    var version: InterfaceVersion
    var offer: Offer
  }

  private struct Wildcard: Hashable {
    var pattern: NamePattern
    var type: OfferedType
  }

  private var names: [ExactName: [OfferedType]] = [:]
  private var versions: [ExactName: [Versioned]] = [:]
  private var wildcards: [Wildcard] = []

  /// Adds the imports that a pattern names. A name with an interface version also offers compatible earlier versions.
  mutating func offer(_ pattern: NamePattern, _ type: OfferedType) {
    if pattern.literal != pattern.text { names[pattern.text, default: []].append(type) }
    guard let name = pattern.literal else {
      wildcards.append(Wildcard(pattern: pattern, type: type))
      return
    }
    names[name, default: []].append(type)
    if let version = InterfaceVersion(of: name.text) {
      let offer = Offer(name: name.text, type: type)
      versions[version.track, default: []].append(Versioned(version: version, offer: offer))
    }
  }

  /// The answer for a core module.
  func answer(to needed: ModuleImport) -> ImportOffer.Answer {
    let name = (needed.module.map { $0 + "." } ?? "") + needed.name
    let offered = (names[ExactName(name)] ?? []) + wildcards.filter { $0.pattern.matches(name) }.map(\.type)
    guard let first = offered.first else { return .missing }
    let isOffered = offered.contains { type in
      switch type {
      case .any: true
      case .core(let type): type.isSubtype(of: needed.type)
      case .component: false
      }
    }
    return isOffered ? .offered : .otherType(first.summary)
  }

  /// The answers for a component, in the order of its imports: types of one import may refer to names from earlier
  /// ones.
  func answers(toComponent imports: [ModuleImport]) -> [ImportOffer.Answer] {
    var diff = InterfaceDiff()
    diff.enterHost()
    return imports.map { needed in
      let item = InterfaceItem(needed)
      let offers = offers(for: needed.name)
      var answer: ImportOffer.Answer?
      for offer in offers {
        switch offer.type {
        case .any:
          diff.noteHost(offer.name, offers: item, as: nil)
          return .offered
        case .core: answer = answer ?? .otherType(offer.type.summary)
        case .component(let type):
          guard let obstacle = diff.obstacle(to: item, offered: type) else {
            diff.noteHost(offer.name, offers: item, as: type)
            return .offered
          }
          let isInside = ExactName(obstacle.name) != ExactName(needed.name)
          answer = answer ?? (isInside ? .otherInside(obstacle) : .otherType(offer.type.summary))
        }
      }
      // So that later imports that use types of this one do not fail for the same reason.
      if let name = offers.first?.name { diff.noteHost(name, offers: item, as: nil) }
      return answer ?? .missing
    }
  }

  /// The offers for a component's import: the same name, then later versions, then matches of wildcards.
  private func offers(for name: String) -> [Offer] {
    let named = (names[ExactName(name)] ?? []).map { Offer(name: name, type: $0) }
    guard let version = InterfaceVersion(of: name) else {
      return named + wildcards.filter { $0.pattern.matches(name) }.map { Offer(name: name, type: $0.type) }
    }
    let later = (versions[version.track] ?? []).filter { later in
      version.isAtMost(later.version) && ExactName(later.offer.name) != ExactName(name)
    }
    let matching = wildcards.compactMap { wildcard in
      wildcard.pattern.name(standingFor: name, version).map { Offer(name: $0, type: wildcard.type) }
    }
    return named + later.map(\.offer) + matching
  }
}

extension NamePattern {
  /// The name of the item that a host offers for an interface: its own name if that matches, or that of a later version
  /// at the end of the pattern.
  fileprivate func name(standingFor name: String, _ version: InterfaceVersion) -> String? {
    if matches(name) { return name }
    guard let (base, text) = self.version,
      let later = InterfaceVersion(of: version.base + "@" + text), later.track == version.track,
      version.isAtMost(later), base.matches(version.base)
    else { return nil }
    return later.base + "@" + later.text
  }
}
