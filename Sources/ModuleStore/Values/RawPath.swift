/// An unchanged path of a tree or a file system: bytes that may be invalid UTF-8 or an invalid `ModulePath`.
public struct RawPath: Hashable, Sendable {
  /// The bytes; the path of a tree has a leading slash.
  public let bytes: [UInt8]

  /// Makes a path from its bytes.
  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Joins the names of a tree and its subtrees to the path of an entry.
  init(_ names: [[UInt8]]) { bytes = [0x2f] + names.joined(separator: [0x2f]) }

  /// The path for display, quoted as in git if it has unusual characters.
  public var spelled: String { ModuleStore.spelled(bytes) }

  /// The UTF-8 of `spelled`, for output of many paths.
  public var spelledBytes: [UInt8] { quoted(bytes) }
}

extension RawPath: CustomStringConvertible {
  /// The path for display.
  public var description: String { spelled }
}
