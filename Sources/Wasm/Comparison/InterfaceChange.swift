/// A difference between the interfaces of two modules.
public struct InterfaceChange: Hashable, Sendable {
  /// The kinds of changed items.
  public enum Subject: String, Sendable {
    /// An export, or a part of it.
    case export
    /// An import, or a part of it.
    case `import`
    /// The kind of the module: a core module became a component or the reverse.
    case kind
  }

  /// The kinds of changes.
  public enum Action: String, Sendable {
    /// The item is only in the new module.
    case added
    /// The item is only in the old module.
    case removed
    /// The type of the item differs.
    case changed
    /// The version in the item's name differs, and both versions are declared as compatible.
    case version
  }

  /// The kind of the changed item.
  public var subject: Subject
  /// The kind of the change.
  public var action: Action
  /// The first of the two names of a core import; nil otherwise.
  public var module: String?
  /// The name in the old module, or in the new module for an added item.
  ///
  /// An item in an interface, component or module has both names: `wasi:io/streams@0.2.0#read`.
  public var name: String
  /// The type, or the version, in the old module; nil if it is missing there.
  public var old: String?
  /// The type, or the version, in the new module; nil if it is missing there.
  public var new: String?
  /// The severity of the change.
  public var severity: ChangeSeverity

  /// The name for display, `env.log` for a core import; empty for a change of kind.
  public var shownName: String { ((module.map { $0 + "." } ?? "") + name).escaped() }
}
