/// What an archive says of one of its entries.
package struct TarEntry: Hashable, Sendable {
  /// The kinds of entry.
  package enum Kind: Hashable, Sendable {
    case file
    case folder
    /// A symbolic link, with where it leads.
    case symbolicLink([UInt8])
    /// Another name of an entry before it, which is named.
    case hardLink([UInt8])
    case device
    case pipe
    /// A file of which only parts are there, or what only one program knows; the byte that says so.
    case other(UInt8)
  }

  /// Where an entry is to lie.
  package enum Place: Hashable, Sendable {
    /// Below the folder that the archive is unpacked into, by the steps that lead there; none for the folder itself.
    case below([[UInt8]])
    /// Wherever the name says, from `/` on.
    case absolute
    /// Outside, or perhaps so: a step is `..`.
    case above
  }

  /// The name as the archive spells it.
  package var name: [UInt8]
  package var kind: Kind
  /// The number of bytes that follow.
  package var size: Int
  /// Who may do what with it, as `chmod` counts.
  package var mode: UInt32

  /// Describes an entry.
  package init(name: [UInt8], kind: Kind = .file, size: Int = 0, mode: UInt32? = nil) {
    self.name = name
    self.kind = kind
    self.size = size
    self.mode = mode ?? (kind == .folder ? 0o755 : 0o644)
  }

  /// Where the name leads.
  package var place: Place {
    if name.first == 0x2f { return .absolute }
    let steps = name.split(separator: 0x2f).map(Array.init).filter { $0 != [0x2e] }
    return steps.contains([0x2e, 0x2e]) ? .above : .below(steps)
  }
}
