import ArgumentParser
import FoundationEssentials
import Testing

@testable import CommandLineTool

/// The commands and their declarations, compared with ArgumentParser's view of them.
@Suite struct CommandTableTests {
  /// The parser's own description of the commands.
  private struct Dump: Decodable {
    struct Command: Decodable {
      let commandName: String
      let abstract: String?
      let discussion: String?
      let subcommands: [Command]?
      let arguments: [Argument]?
    }
    struct Argument: Decodable {
      struct Name: Decodable {
        let kind: String
        let name: String
      }
      let kind: String
      let names: [Name]?
      let abstract: String?
      let valueName: String?
    }
    let command: Command
  }

  private static let dumped: [String: Dump.Command] = {
    let dump = try? JSONDecoder().decode(Dump.self, from: .init(Wasmstore._dumpHelp().utf8))
    return Dictionary(uniqueKeysWithValues: (dump?.command.subcommands ?? []).map { ($0.commandName, $0) })
  }()

  private static let commands = CommandName.allCases.filter { $0 != .help }

  /// A property declared with an initialiser of ArgumentParser would be in its help, but never be read.
  @Test(arguments: commands)
  func `every declaration is read`(command: CommandName) throws {
    let arguments = try #require(Self.dumped[command.rawValue]?.arguments)
    let described = arguments.filter { $0.kind != "positional" }.map { argument in
      let names = argument.names ?? []
      let long = names.first { $0.kind == "long" }?.name ?? ""
      let short = names.first { $0.kind == "short" }?.name ?? "-"
      return "--\(long) \(short) \(argument.kind)"
    }
    let declared = ArgumentReader.declared(by: command.type)
    let read = (declared.options + OptionName.questions).map { option in
      "--\(option.long) \(option.short.map { "\($0)" } ?? "-") \(option.takesValue ? "option" : "flag")"
    }
    #expect(Set(described).union(["--version - flag"]) == Set(read))
    #expect(read.count == Set(read).count)
    #expect(arguments.filter { $0.kind == "positional" }.map(\.valueName) == declared.operands)
  }

  @Test(arguments: commands)
  func `every command stands in one group and is described`(command: CommandName) throws {
    #expect(Wasmstore.groups.count { $0.commands.contains(command) } == 1)
    let described = try #require(Self.dumped[command.rawValue])
    #expect(described.abstract?.hasSuffix(".") == true)
    let examples = described.discussion?.split(separator: "Examples:\n").last?.split(separator: "\n") ?? []
    #expect((2...4).contains(examples.count))
    #expect(examples.allSatisfy { $0.contains("wasmstore \(command.rawValue)") })
    for argument in described.arguments ?? [] where argument.names?.first?.name != "help" {
      #expect(argument.abstract?.isEmpty == false, "an argument of \(command) has no help")
    }
  }

  @Test(arguments: commands)
  func `the short help leaves the common options out`(command: CommandName) {
    let common = ArgumentReader.declared(by: CommonOptions.self).options
    let short = Help.short(command, isTerminal: false)
    let full = Help.full(command, isTerminal: false)
    #expect(!short.contains("--lock-timeout"))
    #expect(full.contains("--lock-timeout"))
    #expect(short.contains("Examples:"))
    #expect(
      short.contains("wasmstore \(command.rawValue) --help also shows the options that all commands have.\n"))
    #expect(short.split(separator: "\n", omittingEmptySubsequences: false).count <= 50, "more than a screen")
    for option in ArgumentReader.declared(by: command.type).options.filter({ !common.contains($0) }) {
      #expect(short.contains("--\(option.long)"))
    }
  }
}
