/// A path as it is, of a tree or of a file system: bytes that need be neither UTF-8 nor what a `ModulePath` spells.
public struct RawPath: Hashable, Sendable {
  /// The bytes; the path of a tree has a leading slash.
  public let bytes: [UInt8]

  /// Takes the bytes as they are.
  public init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// Joins the names that lead to an entry of a tree.
  init(_ names: [[UInt8]]) { bytes = [0x2f] + names.joined(separator: [0x2f]) }

  /// The path as a line of text shows it: quoted as git quotes it where it is odd.
  public var spelled: String { ModuleStore.spelled(bytes) }

  /// The UTF-8 of `spelled`, for output that has many.
  public var spelledBytes: [UInt8] { quoted(bytes) }
}

extension RawPath: CustomStringConvertible {
  /// The path as a line of text shows it.
  public var description: String { spelled }
}
