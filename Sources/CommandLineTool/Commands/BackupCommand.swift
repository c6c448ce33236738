internal import ArgumentParser
internal import JSONText
internal import ModuleStore
internal import StoreJSON

/// `backup`: the whole store in one file.
struct BackupCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .backup, "Writes the store into a tar archive.",
    usage: "wasmstore backup FILE|- [--no-compress]",
    examples: """
        wasmstore backup store.tar.gz
        wasmstore backup - | ssh host 'cat > store.tar.gz'
        wasmstore backup --no-compress store.tar
      """,
    notes: """
      Other processes can write to the store during the backup. The backup has the branches and tags as they were \
      at its start. 'restore-backup' checks and unpacks it; 'tar xzf FILE' in an empty folder also makes a working store.
      """)

  @Argument("file", help: "The archive; - is standard output.", completion: .file()) var file: String
  @Flag("no-compress", help: "Write tar without gzip.") var isPlain = false
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    let output = OutputFile(file)
    guard output.path != nil || !session.console.streams.outputIsTerminal else {
      throw Failure(
        .refused, "not writing a backup to a terminal", hint: "give a file name, or use a pipe")
    }
    if let path = output.path, try FileKind(path) == .directory {
      throw Failure(.failed, "cannot write \(path): it is a folder", hint: "give the name of a file in it")
    }
    let store = try session.storeWithoutBranch
    let summary = try output.write(session, isDurable: true) { descriptor in
      try store.backup(
        to: descriptor, named: output.name, compressing: !isPlain, temporary: output.folderForDrafts)
    }
    // Standard output contains the archive then.
    guard let path = output.path else { return }
    try session.console.emit(
      done: ActionReport(
        infinitive: "write \(path)",
        past: "wrote \(byteCount(Int(summary.bytes))) to \(path): \(summary.text)", isDryRun: false,
        members: [
          ("file", .text(path)), ("bytes", .number(summary.bytes)), ("objects", .count(summary.objects)),
          ("references", .count(summary.references)),
        ]))
  }
}

extension BackupSummary {
  /// The size as text.
  fileprivate var text: String {
    "\(objects) object\(objects == 1 ? "" : "s"), \(references) reference\(references == 1 ? "" : "s")"
  }
}
