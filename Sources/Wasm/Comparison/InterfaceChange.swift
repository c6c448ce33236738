/// A difference between the interfaces of two modules.
public struct InterfaceChange: Hashable, Sendable {
  /// What has changed.
  public enum Subject: String, Sendable {
    /// An export, or what it holds.
    case export
    /// An import, or what it holds.
    case `import`
    /// The kind of the module: a core module became a component or the reverse.
    case kind
  }

  /// What happened to it.
  public enum Action: String, Sendable {
    /// It is in the new module only.
    case added
    /// It is in the old module only.
    case removed
    /// Its type differs.
    case changed
    /// The version in its name differs, and both versions promise to be compatible.
    case version
  }

  /// What has changed.
  public var subject: Subject
  /// What happened to it.
  public var action: Action
  /// The first of the two names of a core import; nil elsewhere.
  public var module: String?
  /// The name as the old module has it, an added one's as the new module has it.
  ///
  /// What is inside an interface, component or module is named by both: `wasi:io/streams@0.2.0#read`.
  public var name: String
  /// The type, or the version, in the old module; nil where it is not there.
  public var old: String?
  /// The type, or the version, in the new module; nil where it is not there.
  public var new: String?
  /// How much it matters.
  public var severity: ChangeSeverity

  /// The name as lines of text show it, `env.log` for a core import; empty for a change of kind.
  public var shownName: String { ((module.map { $0 + "." } ?? "") + name).escaped() }
}
