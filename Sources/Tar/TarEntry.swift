/// The description of one entry of an archive.
package struct TarEntry: Hashable, Sendable {
  /// The kinds of entry.
  package enum Kind: Hashable, Sendable {
    case file
    case folder
    /// A symbolic link, with its target.
    case symbolicLink([UInt8])
    /// A hard link to an earlier entry, which is named.
    case hardLink([UInt8])
    case device
    case pipe
    /// A sparse file, or a type that only one program knows; the type byte.
    case other(UInt8)
  }

  /// Where an entry belongs.
  package enum Place: Hashable, Sendable {
    /// Below the folder into which the archive is unpacked, at these steps; no steps for the folder itself.
    case below([[UInt8]])
    /// At an absolute path.
    case absolute
    /// Outside, or possibly outside: a step is `..`.
    case above
  }

  /// The name as it is written in the archive.
  package var name: [UInt8]
  package var kind: Kind
  /// The number of bytes that follow.
  package var size: Int
  /// The mode, as for `chmod`.
  package var mode: UInt32

  /// Creates the description of an entry.
  package init(name: [UInt8], kind: Kind = .file, size: Int = 0, mode: UInt32? = nil) {
    self.name = name
    self.kind = kind
    self.size = size
    self.mode = mode ?? (kind == .folder ? 0o755 : 0o644)
  }

  /// The place that the name refers to.
  package var place: Place {
    if name.first == 0x2f { return .absolute }
    let steps = name.split(separator: 0x2f).map(Array.init).filter { $0 != [0x2e] }
    return steps.contains([0x2e, 0x2e]) ? .above : .below(steps)
  }
}
