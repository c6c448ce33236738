public import Identifiers

/// The key of a value that is named by its digest (Documentation/kv.md, "Keys").
public struct ValueKey: Hashable, Sendable {
  /// What a value is.
  public enum Kind: String, CaseIterable, Sendable {
    /// What a file holds, or the digests of its chunks.
    case content = "b/"
    /// A part of a large content.
    case chunk = "c/"
    /// The root of a manifest.
    case root = "m/"
    /// A shard of a manifest.
    case shard = "s/"
    /// The URL of what keeps heads that name values beside it.
    case keeper = "k/"
  }

  /// The SHA-256 that names the value.
  public let digest: ModuleDigest
  /// What the value is.
  public let kind: Kind

  init(_ kind: Kind, _ digest: ModuleDigest) {
    self.kind = kind
    self.digest = digest
  }

  /// Reads a key; nil for one of another form.
  init?(_ text: String) {
    guard let kind = Kind.allCases.first(where: { text.hasPrefix($0.rawValue) }),
      let digest = ModuleDigest(hex: text.dropFirst(kind.rawValue.count))
    else { return nil }
    self.init(kind, digest)
    guard description == text else { return nil }
  }
}

extension ValueKey: CustomStringConvertible {
  /// The key as a store of values has it.
  public var description: String { kind.rawValue + digest.hex }
}
