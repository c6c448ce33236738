/// The differences between the interfaces of an old and a new module, for users and hosts of the old one.
///
/// An export is a promise and an import a requirement: promising more or requiring less is compatible, the reverse is
/// not. Types are compared by the subtyping of the specifications (WebAssembly Core, "Matching"; Component Model,
/// Subtyping.md) if that is certain without the bodies of types; any other change of a type is major.
public struct InterfaceComparison: Hashable, Sendable {
  /// The differences: those of exports, then those of imports, each in the order of the old module, with additions of
  /// the new module at the end.
  public var changes: [InterfaceChange]
  /// The features that only the new module uses, and that a host may not have.
  public var newFeatures: Features
  /// Whether both interfaces were completely known (`ModuleDescription.isComplete`).
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
    var diff = InterfaceDiff()
    diff.compare(old, new)
    changes = diff.changes
  }

  /// The highest severity of the changes; `minor` if the interface is the same but new features are required, `major`
  /// if an interface is not completely known.
  public var verdict: ChangeSeverity {
    guard isComplete else { return .major }
    let needs: ChangeSeverity = newFeatures.isEmpty ? .patch : .minor
    return changes.reduce(needs) { max($0, $1.severity) }
  }
}

extension Encoding {
  /// The name in messages: `core module` or `component`.
  public var noun: String {
    switch self {
    case .core: "core module"
    case .component: "component"
    }
  }
}
