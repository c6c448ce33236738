internal import ArgumentParser
internal import JSONText
internal import ModuleStore
internal import StoreJSON

/// `config`: the store's settings.
struct ConfigCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .config, "Reads and changes the store's settings.",
    usage: """
      wasmstore config list [--show-origin]
      wasmstore config get KEY [--show-origin]
      wasmstore config set KEY VALUE
      wasmstore config unset KEY
      """,
    examples: """
        wasmstore config set author 'Zoe <zoe@example.com>'
        wasmstore config get author
        wasmstore config list --show-origin
      """,
    notes: "Settings are in ROOT/config. Those in ~/.config/wasmstore/config apply if the store has none."
  )

  @Argument("action", help: "What to do.") var action: Action
  @Argument(
    "key", help: "The setting; with 'set', also its value.", completion: .custom(StoreCompletion.settings))
  var operands: [String] = []
  @Flag("show-origin", help: "Also print the file of each setting.") var showOrigin = false
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    switch (action, operands.count) {
    case (.list, 0):
      let settings = try session.store.settings()
      try session.console.emit(
        table: settings.map { SettingLine(setting: $0, showsOrigin: showOrigin, showsKey: true) })
    case (.get, 1):
      guard let found = try session.store.setting(operands[0]) else {
        throw Failure(.notFound, "setting \(operands[0]) is not set")
      }
      try session.console.emit(SettingLine(setting: found, showsOrigin: showOrigin, showsKey: false))
    case (.set, 2): try change(operands[0], to: operands[1], session)
    case (.unset, 1): try change(operands[0], to: nil, session)
    case (.list, _), (.get, _), (.set, _), (.unset, _):
      throw Failure.usage("config requires list, get KEY, set KEY VALUE, or unset KEY")
    }
  }

  /// The actions of `config`.
  enum Action: String, CaseIterable, ArgumentValue {
    case list, get, set, unset
  }

  private func change(_ key: String, to value: String?, _ session: Session) throws {
    let store = try value == nil ? session.store : session.openOrCreateStore()
    try store.setSetting(key, to: value)
    try session.console.emit(
      done: ActionReport(
        infinitive: "set \(key)", past: value.map { "set \(key) to \($0)" } ?? "unset \(key)",
        isDryRun: false,
        members: [("key", .text(key)), ("value", .optional(value))]))
  }
}

private struct SettingLine: TableRow {
  let setting: Setting
  let showsOrigin: Bool
  let showsKey: Bool

  static let endsWithText = true

  func row(_ style: Style) -> [String] {
    let fields = (showsOrigin ? [setting.origin] : []) + (showsKey ? [setting.key] : []) + [setting.value]
    return fields.map { style.foreign($0) }
  }

  var json: JSONValue { setting.json }
}
