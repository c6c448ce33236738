/// The name of an option.
struct OptionName: Hashable, Sendable {
  let long: String
  let short: Character?
  let takesValue: Bool

  /// The information options that every command has without declaring them.
  static let questions = [
    OptionName(long: "help", short: "h", takesValue: false),
    OptionName(long: "version", short: nil, takesValue: false),
  ]

  /// The long options that every command of the older tool had.
  static let predecessorsCommon = [
    "root", "branch", "author", "verbose", "verbosity", "quiet", "color", "help",
  ]
}
