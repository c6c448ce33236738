/// The spelling of an option.
struct OptionName: Hashable, Sendable {
  let long: String
  let short: Character?
  let takesValue: Bool

  /// The questions that every command answers, and that no command declares.
  static let questions = [
    OptionName(long: "help", short: "h", takesValue: false),
    OptionName(long: "version", short: nil, takesValue: false),
  ]

  /// The long options that the older tool had on every command.
  static let predecessorsCommon = [
    "root", "branch", "author", "verbose", "verbosity", "quiet", "color", "help",
  ]
}
