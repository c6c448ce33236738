internal import ArgumentParser
internal import FileSystem
internal import JSONText
internal import ModuleStore
internal import StoreJSON
internal import SystemPackage

/// `restore-backup`: create a store from a backup.
struct RestoreBackupCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .restoreBackup, "Creates a store from a backup, after a full check.",
    usage: "wasmstore restore-backup FILE|- [--yes] | --list | --verify",
    examples: """
        wasmstore restore-backup store.tar.gz --root restored
        wasmstore restore-backup store.tar.gz --verify
        ssh host wasmstore backup - | wasmstore restore-backup - --root copy
      """,
    notes: """
      The store appears only when the whole backup has been checked. An existing store is \
      replaced only after confirmation, or with --yes.
      """)

  @Argument("file", help: "The archive; - is standard input.", completion: .file()) var file: String
  @Flag("list", help: "Only list the contents of the archive.") var isListing = false
  @Flag("verify", help: "Only check the archive.") var isVerifying = false
  @OptionGroup var confirmation = Confirmation()
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    guard !isListing || !isVerifying else {
      throw Failure.usage("--list and --verify cannot be used together")
    }
    if isListing { return try withArchive(session) { try list($0, session) } }
    let store = try session.unopenedStore
    var isReplacing = false
    if !isVerifying, try store.wouldReplace() {
      isReplacing = true
      try confirm(session, root: store.root.string)
    }
    let restored = try withArchive(session) { archive in
      try store.restore(
        backup: archive, replacing: isReplacing, verifyingOnly: isVerifying, session.work)
    }
    let (infinitive, past) = isVerifying ? ("verify", "verified") : ("restore", "restored")
    try session.console.emit(
      done: ActionReport(
        infinitive: "\(infinitive) \(file)", past: "\(past) \(file): \(restored.text)", isDryRun: false,
        members: [
          ("file", .text(file)), ("root", isVerifying ? .null : .text(store.root.string)),
          ("references", .count(restored.references)), ("commits", .count(restored.commits)),
          ("modules", .count(restored.modules)), ("objects", .count(restored.objects)),
        ]))
  }

  private func confirm(_ session: Session, root: String) throws {
    guard !confirmation.isGiven else { return }
    let console = session.console
    // Standard input contains the archive.
    guard console.canAsk, file != "-" else {
      throw Failure(StoreError.storeExists(path: root))
    }
    try console.confirm("This replaces the store at \(root), with all its history.")
  }

  private func withArchive<Result>(
    _ session: Session, _ body: (FileDescriptor) throws -> Result
  ) throws -> Result {
    guard file != "-" else {
      try session.console.awaitInput("the archive")
      return try body(.standardInput)
    }
    do {
      let archive = try OpenFile(FilePath(file))
      return try body(archive.descriptor)
    } catch let error as FileError {
      throw Failure(.failed, "cannot read \(file): \(error.reason)")
    }
  }

  private func list(_ archive: FileDescriptor, _ session: Session) throws {
    let lines = try Store.list(backup: archive, session.work).map { BackupLine(item: $0) }
    try session.console.emit(table: lines)
  }
}

extension RestoredBackup {
  /// The size as text.
  fileprivate var text: String {
    [(modules, "module"), (commits, "commit"), (references, "reference")].map { count, noun in
      "\(count) \(noun)\(count == 1 ? "" : "s")"
    }.joined(separator: ", ")
  }
}

/// An entry of a backup in the output of `--list`.
private struct BackupLine: TableRow {
  let item: BackupItem

  func row(_ style: Style) -> [String] {
    let size = item.size.map { style.isTerminal ? byteCount($0) : "\($0)" } ?? "-"
    return [size, style.foreign("./" + item.path + (item.size == nil && !item.path.isEmpty ? "/" : ""))]
  }

  var json: JSONValue { .object([("path", .text(item.path)), ("size", .optional(item.size))]) }
}
