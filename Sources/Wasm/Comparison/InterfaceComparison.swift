/// What a new module changes for the users and hosts of an old one.
///
/// An export is a promise and an import a demand: promising more or demanding less is compatible, the reverse is not.
/// Types are compared by the subtyping of the specifications (WebAssembly Core, "Matching"; Component Model,
/// Subtyping.md) where that is certain without the bodies of types; any other change of a type is major.
public struct InterfaceComparison: Hashable, Sendable {
  /// The differences: those of exports first, then those of imports, each in the order of the old module with what the
  /// new one adds at the end.
  public var changes: [InterfaceChange]
  /// The features that only the new module uses, which a host may not have.
  public var newFeatures: Features
  /// Whether both interfaces were known in full (`ModuleDescription.isComplete`).
  public var isComplete: Bool

  /// Compares two valid modules.
  public init(old: ModuleDescription, new: ModuleDescription) {
    isComplete = old.isComplete && new.isComplete
    newFeatures = new.features.subtracting(old.features).subtracting(.branchHints)
    guard old.encoding == new.encoding else {
      changes = [
        InterfaceChange(
          subject: .kind, action: .changed, name: "", old: old.encoding.noun, new: new.encoding.noun,
          severity: .major)
      ]
      return
    }
    var walk = InterfaceWalk()
    walk.compare(old, new)
    changes = walk.changes
  }

  /// The greatest severity of the changes; `minor` where the interface is the same but new features are needed, `major`
  /// where not all of the interfaces is known.
  public var verdict: ChangeSeverity {
    guard isComplete else { return .major }
    let needs: ChangeSeverity = newFeatures.isEmpty ? .patch : .minor
    return changes.reduce(needs) { max($0, $1.severity) }
  }
}

extension Encoding {
  /// What it is called: `core module` or `component`.
  public var noun: String {
    switch self {
    case .core: "core module"
    case .component: "component"
    }
  }
}
