public import Identifiers

/// The key of a value, which contains the digest (Documentation/kv.md, "Keys").
public struct ValueKey: Hashable, Sendable {
  /// The kind of a value.
  public enum Kind: String, CaseIterable, Sendable {
    /// The content of a file, or the list of the digests of its chunks.
    case content = "b/"
    /// A part of a large content.
    case chunk = "c/"
    /// The root of a manifest.
    case root = "m/"
    /// A shard of a manifest.
    case shard = "s/"
    /// The URL of the store of the heads that name values in the same place.
    case keeper = "k/"
  }

  /// The SHA-256 that names the value.
  public let digest: ModuleDigest
  /// The kind of the value.
  public let kind: Kind

  init(_ kind: Kind, _ digest: ModuleDigest) {
    self.kind = kind
    self.digest = digest
  }

  /// Reads a key; nil if it has another form.
  init?(_ text: String) {
    guard let kind = Kind.allCases.first(where: { text.hasPrefix($0.rawValue) }),
      let digest = ModuleDigest(hex: text.dropFirst(kind.rawValue.count))
    else { return nil }
    self.init(kind, digest)
    guard description == text else { return nil }
  }
}

extension ValueKey: CustomStringConvertible {
  /// The key as text in a store of values.
  public var description: String { kind.rawValue + digest.hex }
}
