/// The two kinds of WebAssembly binaries.
public enum Encoding: Hashable, Sendable {
  /// A core module (version 1, layer 0).
  case core
  /// A component (version 13, layer 1).
  case component
}

/// What a complete and accepted module or component is found to be.
public struct ModuleFacts: Hashable, Sendable {
  /// Whether it is a core module or a component.
  public var encoding: Encoding
  /// The features that it uses.
  public var features: Features
}
