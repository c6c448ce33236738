/// The two kinds of WebAssembly binaries.
public enum Encoding: Hashable, Sendable {
  /// A core module (version 1, layer 0).
  case core
  /// A component (version 13, layer 1).
  case component
}
