internal import FileSystem
internal import Git
internal import SystemPackage

/// The variables of a store's `config` that belong in a backup.
///
/// Other variables may make plain git run programs, or read and write other files: `core.fsmonitor`,
/// `core.hooksPath`, `include.path`, `remote.NAME.uploadpack`. Users do not check these before they use the contents
/// of an archive.
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

  /// Returns whether a variable, by its name in lower case, belongs in a backup.
  static func isKnown(_ name: String) -> Bool { known.contains(name) || name.hasPrefix("wasmstore.") }

  /// The maximum length of a `config` in an archive.
  static let sizeLimit = 1 << 20

  /// Returns whether a text may make git read other files as well. It is called before git's own parser sees the
  /// text.
  static func includesOthers(_ text: [UInt8]) -> Bool {
    let packed = text.filter { $0 > 0x20 && $0 < 0x7f }.map { (0x41...0x5a).contains($0) ? $0 | 0x20 : $0 }
    let section = Array("[include".utf8)
    return packed.indices.contains { packed[$0...].starts(with: section) }
  }

  /// The `config` of a backup: the unchanged file, or only the variables that belong there.
  ///
  /// - Parameters:
  ///   - text: The file.
  ///   - entries: Its variables.
  /// - Returns: The text, and the names of the omitted variables.
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
