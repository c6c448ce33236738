internal import FileSystem
internal import Git
internal import SystemPackage

/// Which variables of a store's `config` belong into a backup.
///
/// Others may have plain git run programs, or read and write elsewhere: `core.fsmonitor`, `core.hooksPath`,
/// `include.path`, `remote.NAME.uploadpack`. Nobody looks at them before using what came out of an archive.
enum BackupSettings {
  private static let known: Set<String> = [
    "core.bare", "core.bigfilethreshold", "core.compression", "core.filemode", "core.fsync",
    "core.fsyncmethod",
    "core.ignorecase", "core.logallrefupdates", "core.loosecompression", "core.precomposeunicode",
    "core.repositoryformatversion", "core.sharedrepository", "core.symlinks", "extensions.noop",
    "extensions.noop-v1", "extensions.preciousobjects", "gc.auto", "gc.autodetach", "gc.autopacklimit",
    "pack.compression", "receive.advertiseatomic", "receive.autogc", "receive.denydeletes",
    "receive.denynonfastforwards", "receive.fsckobjects", "receive.hiderefs", "transfer.fsckobjects",
    "transfer.hiderefs", "uploadpack.allowanysha1inwant", "uploadpack.allowfilter",
    "uploadpack.allowreachablesha1inwant", "uploadpack.allowtipsha1inwant", "uploadpack.hiderefs",
  ]

  /// Tells whether a variable, by its name in lower case, belongs into a backup.
  static func isKnown(_ name: String) -> Bool { known.contains(name) || name.hasPrefix("wasmstore.") }

  /// The longest `config` that is read out of an archive.
  static let sizeLimit = 1 << 20

  /// Tells whether a text may have git read other files as well. It is asked before git's own reader sees the text.
  static func includesOthers(_ text: [UInt8]) -> Bool {
    let packed = text.filter { $0 > 0x20 && $0 < 0x7f }.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
    let section = Array("[include".utf8)
    return packed.indices.contains { packed[$0...].starts(with: section) }
  }

  /// What a backup has in place of `config`: the file as it is, or the variables that belong there.
  ///
  /// - Parameters:
  ///   - text: The file.
  ///   - entries: Its variables.
  /// - Returns: The text, and the names of those that were left out.
  static func text(
    of text: [UInt8], _ entries: [Configuration.Entry]
  ) -> (text: [UInt8], leftOut: [String]) {
    let unknown = entries.map(\.name).filter { !isKnown($0) }
    guard !unknown.isEmpty || includesOthers(text) else { return (text, []) }
    var lines = ""
    for entry in entries where isKnown(entry.name) { lines += line(entry) }
    return (Array(lines.utf8), Set(unknown.isEmpty ? ["include.path"] : unknown).sorted())
  }

  /// A section with one variable, in git's syntax.
  private static func line(_ entry: Configuration.Entry) -> String {
    let steps = entry.name.split(separator: ".", omittingEmptySubsequences: false)
    let middle = steps.dropFirst().dropLast().joined(separator: ".")
    let section = steps.count > 2 ? "\(steps[0]) \(quoted(middle, isValue: false))" : "\(steps[0])"
    return "[\(section)]\n\t\(steps.last ?? "") = \(quoted(entry.value, isValue: true))\n"
  }

  private static func quoted(_ text: String, isValue: Bool) -> String {
    var quoted = text.replacing("\\", with: "\\\\").replacing("\"", with: "\\\"")
    if isValue { quoted = quoted.replacing("\n", with: "\\n").replacing("\t", with: "\\t") }
    return "\"\(quoted)\""
  }
}
