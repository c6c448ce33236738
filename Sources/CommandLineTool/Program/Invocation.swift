/// The parsed arguments of one run: the command, its options by their full names, and its operands.
///
/// Options may precede the command. Its declarations define their names (`ArgumentReader`).
struct Invocation: Equatable {
  enum Request: Equatable {
    case run, shortHelp, fullHelp, version
    /// A request of ArgumentParser's own: completion scripts and the description from which man pages are generated.
    case passThrough
  }

  /// An option by its full name, with its value if it takes one.
  struct GivenOption: Equatable {
    let name: String
    let value: String?
  }

  private(set) var request = Request.run
  private(set) var command: CommandName?
  private(set) var options: [GivenOption] = []
  private(set) var operands: [String] = []
  /// The possible options; nil before the first lookup.
  private var known: [OptionName]?

  /// Whether there were no arguments at all.
  var isEmpty: Bool { request == .run && command == nil && options.isEmpty }

  init(_ words: [String]) throws(Failure) {
    if let first = words.first, ["---completion", "--experimental-dump-help"].contains(first) {
      request = .passThrough
      return
    }
    var rest = words[...]
    var isTerminated = false
    while let word = rest.popFirst() {
      if isTerminated || !word.hasPrefix("-") || word == "-" {
        try appendOperand(word)
      } else if word == "--" {
        isTerminated = true
      } else if word.hasPrefix("--") {
        try appendLong(word.dropFirst(2), &rest)
      } else if isNegativeNumber(word) {
        if command == .log || command == .audit {
          // As in git: the maximum count.
          options.append(GivenOption(name: "max-count", value: String(word.dropFirst())))
        } else {
          try appendOperand(word)
        }
      } else {
        try appendShort(word.dropFirst(), &rest)
      }
    }
    if command == .help { try askForHelp() }
  }

  /// `help COMMAND` is `COMMAND --help`.
  private mutating func askForHelp() throws(Failure) {
    guard operands.count < 2 else { throw .usage("help takes only one command") }
    request = .fullHelp
    command = nil
    if let word = operands.first { command = try CommandName(word: word) }
    // The help of `help` is the page of the program.
    if command == .help { command = nil }
  }

  private mutating func appendOperand(_ word: String) throws(Failure) {
    if command == nil {
      command = try CommandName(word: word)
      known = nil
    } else {
      operands.append(word)
    }
  }

  /// The options of the command; the common ones before it is known.
  private mutating func knownOptions() -> [OptionName] {
    if let known { return known }
    let declared =
      command.map { ArgumentReader.declared(by: $0.type) } ?? ArgumentReader.declared(by: CommonOptions.self)
    let options = declared.options + OptionName.questions
    known = options
    return options
  }

  /// `-1` is an operand of `version` and `undo`, unless the command has an option of that name.
  private mutating func isNegativeNumber(_ word: String) -> Bool {
    let digits = word.dropFirst()
    return digits.allSatisfy { ("0"..."9").contains($0) }
      && !knownOptions().contains { $0.short == digits.first }
  }

  private mutating func appendLong(_ text: Substring, _ rest: inout ArraySlice<String>) throws(Failure) {
    let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
    // `--protect=changes` is the same as `--protect-changes`.
    if parts.count == 2, let whole = flag(named: parts.joined(separator: "-")) {
      return try append(whole, value: nil, &rest)
    }
    let option = try option(named: String(parts[0]))
    guard option.takesValue || parts.count == 1 || option.long == "help" else {
      throw .usage("option '--\(option.long)' takes no value")
    }
    try append(option, value: parts.count == 2 ? String(parts[1]) : nil, &rest)
  }

  /// The flag with this full name; nil if there is none.
  private mutating func flag(named name: String) -> OptionName? {
    knownOptions().first { $0.long == name && !$0.takesValue }
  }

  /// Parses combined flags (`-vq`); the last one may take the rest as its value (`-n5`).
  private mutating func appendShort(_ text: Substring, _ rest: inout ArraySlice<String>) throws(Failure) {
    var text = text
    while let letter = text.popFirst() {
      guard let option = knownOptions().first(where: { $0.short == letter }) else {
        let whole = command.flatMap { GitWord.option(letter, of: $0) }
        let suggestion = whole.map { ": did you mean '\($0)'?" } ?? ""
        throw .usage("unknown option '-\(letter)'" + commandSuffix + suggestion)
      }
      if option.long == "help" {
        if request == .run { request = .shortHelp }
      } else if option.takesValue, !text.isEmpty {
        return try append(option, value: String(text), &rest)
      } else {
        try append(option, value: nil, &rest)
      }
    }
  }

  private mutating func append(
    _ option: OptionName, value: String?, _ rest: inout ArraySlice<String>
  ) throws(Failure) {
    if option.long == "help" {
      if request != .version { request = .fullHelp }
    } else if option.long == "version" {
      request = .version
    } else if option.takesValue {
      guard let value = value ?? rest.popFirst(), !value.isEmpty else {
        throw .usage("option '--\(option.long)' requires a value")
      }
      options.append(GivenOption(name: option.long, value: value))
    } else {
      options.append(GivenOption(name: option.long, value: nil))
    }
  }

  private var commandSuffix: String { command.map { " of \($0.rawValue)" } ?? "" }

  private mutating func option(named word: String) throws(Failure) -> OptionName {
    let known = knownOptions()
    let predecessors = OptionName.predecessorsCommon + (command?.predecessorsOptions ?? [])
    switch Prefix.match(word, first: predecessors, then: known.map(\.long)) {
    case .one(let name):
      if let option = known.first(where: { $0.long == name }) { return option }
      throw .usage("unknown option '--\(word)'" + commandSuffix)
    case .several(let candidates):
      let list = candidates.map { "--" + $0 }.joined(separator: ", ")
      throw .usage("ambiguous option '--\(word)': \(list)")
    case .none:
      let suggestion = Suggestion.text(for: word, among: known.map(\.long), prefix: "--")
      throw .usage("unknown option '--\(word)'" + commandSuffix + suggestion)
    }
  }
}
