internal import ArgumentParser
internal import ModuleStore

/// The root of the commands, for help, completion scripts and man pages.
///
/// A run uses its command's parser directly: searching all of them would cost a fifth of the time of
/// `wasmstore hash`.
struct Wasmstore: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "wasmstore",
    abstract: "Keeps WebAssembly modules under version control.",
    usage: "wasmstore [OPTIONS] COMMAND [ARGUMENTS]",
    discussion: """
      Examples:
        wasmstore add app.wasm
        wasmstore log --oneline --graph
        wasmstore rollback app.wasm
      """,
    version: versionLine,
    groupedSubcommands: groups.map { group in
      CommandGroup(name: group.name, subcommands: group.commands.map(\.type))
    })

  /// The commands in the order in which people use them first.
  static let groups: [(name: String, commands: [CommandName])] = [
    (
      "Modules",
      [
        .add, .find, .filename, .hash, .contains, .list, .inspect, .search, .remove, .set, .validate,
        .compare, .canRun,
      ]
    ),
    (
      "History",
      [
        .log, .versions, .version, .audit, .commit, .diff, .snapshot, .restore, .rollback, .undo, .redo,
        .watch,
      ]
    ),
    ("Branches", [.branch, .tag, .merge, .policy, .hooks]),
    ("Exchange", [.export, .import, .backup, .restoreBackup, .server, .kvSync, .kv, .kvServer, .edge]),
    ("Store", [.status, .doctor, .fsck, .gc, .erase, .config, .auth, .completions, .selfTest]),
  ]

  /// The output of `--version`.
  static var versionLine: String { "wasmstore \(Versions.wasmstore) (libgit2 \(Versions.libgit2))" }

  @OptionGroup(title: "Common options") var common = CommonOptions()
}

extension CommandName {
  /// The parser of the command; `help` is handled before anything is parsed.
  var type: any StoreCommand.Type {
    switch self {
    case .add: AddCommand.self
    case .find: FindCommand.self
    case .filename: FilenameCommand.self
    case .hash: HashCommand.self
    case .contains: ContainsCommand.self
    case .list: ListCommand.self
    case .inspect: InspectCommand.self
    case .search: SearchCommand.self
    case .remove: RemoveCommand.self
    case .set: SetCommand.self
    case .validate: ValidateCommand.self
    case .branch: BranchCommand.self
    case .tag: TagCommand.self
    case .merge: MergeCommand.self
    case .policy: PolicyCommand.self
    case .hooks: HooksCommand.self
    case .snapshot: SnapshotCommand.self
    case .restore: RestoreCommand.self
    case .rollback: RollbackCommand.self
    case .undo: UndoCommand.self
    case .redo: RedoCommand.self
    case .versions: VersionsCommand.self
    case .version: VersionCommand.self
    case .audit: AuditCommand.self
    case .commit: CommitCommand.self
    case .log: LogCommand.self
    case .diff: DiffCommand.self
    case .compare: CompareCommand.self
    case .canRun: CanRunCommand.self
    case .watch: WatchCommand.self
    case .export: ExportCommand.self
    case .server: ServerCommand.self
    case .kv: KVCommand.self
    case .kvSync: KVSyncCommand.self
    case .kvServer: KVServerCommand.self
    case .edge: EdgeCommand.self
    case .import: ImportCommand.self
    case .status: StatusCommand.self
    case .doctor: DoctorCommand.self
    case .fsck: FsckCommand.self
    case .gc: GCCommand.self
    case .erase: EraseCommand.self
    case .backup: BackupCommand.self
    case .restoreBackup: RestoreBackupCommand.self
    case .config: ConfigCommand.self
    case .auth: AuthCommand.self
    case .selfTest: SelfTestCommand.self
    case .completions, .help: CompletionsCommand.self
    }
  }
}

extension CommandConfiguration {
  /// Creates the configuration of a command: one sentence, its usage as in the documentation, and examples.
  init(_ name: CommandName, _ abstract: String, usage: String, examples: String, notes: String = "") {
    self.init(
      commandName: name.rawValue,
      _superCommandName: "wasmstore",
      abstract: abstract,
      usage: UsageText.folded(usage),
      discussion: (notes.isEmpty ? "" : notes + "\n\n") + "Examples:\n" + examples)
  }
}
