internal import ArgumentParser

/// The help of the tool and of each command: `-h` on one screen, `--help` with everything.
enum Help {
  /// Returns the short help: first examples, then the command's own options.
  static func short(_ command: CommandName?, isTerminal: Bool) -> String {
    let whole = full(command, isTerminal: isTerminal)
    // The section of common options ends at the first empty line.
    var lines = whole.split(separator: "\n", omittingEmptySubsequences: false)
    if let start = lines.firstIndex(of: "COMMON OPTIONS:") {
      let end = lines[start...].firstIndex(of: "") ?? lines.endIndex - 1
      lines.removeSubrange(start...end)
      while lines.last == "" { lines.removeLast() }
      let page = "wasmstore " + (command.map { $0.rawValue + " " } ?? "") + "--help"
      lines += ["", "\(page) also shows the options that all commands have.", ""]
    }
    return lines.joined(separator: "\n")
  }

  static func full(_ command: CommandName?, isTerminal: Bool) -> String {
    let columns = isTerminal ? nil : 80
    guard let command else { return Wasmstore.helpMessage(columns: columns) + "\n" }
    return text(command.type, columns) + "\n"
  }

  private static func text<Command: ParsableCommand>(_ type: Command.Type, _ columns: Int?) -> String {
    type.helpMessage(columns: columns)
  }
}
