import ArgumentParser
import FoundationEssentials
import Testing

@testable import CommandLineTool

/// The hand-written tables against the declarations that the parser reads.
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
      let defaultValue: String?
      let isRepeating: Bool
      let isOptional: Bool
    }
    let command: Command
  }

  private static let dumped: [String: Dump.Command] = {
    let dump = try? JSONDecoder().decode(Dump.self, from: .init(Wasmstore._dumpHelp().utf8))
    return Dictionary(uniqueKeysWithValues: (dump?.command.subcommands ?? []).map { ($0.commandName, $0) })
  }()

  private static let commands = CommandName.allCases.filter { $0 != .help }

  /// `InvocationDecoder` gives a property that is not mentioned nil, false, zero or an empty list.
  @Test(arguments: commands)
  func `no declaration has another default`(command: CommandName) throws {
    let declared = try #require(Self.dumped[command.rawValue]?.arguments)
    #expect(declared.filter { $0.defaultValue != nil }.map(\.abstract).isEmpty)
  }

  @Test(arguments: commands)
  func `the table knows which operands must be there`(command: CommandName) throws {
    let declared = try #require(Self.dumped[command.rawValue]?.arguments)
    let repeated = declared.filter { $0.kind == "positional" && $0.isRepeating }
    #expect(repeated.contains { !$0.isOptional } == command.needsRepeatedOperand)
  }

  @Test(arguments: commands)
  func `the table of options is the declarations'`(command: CommandName) throws {
    let declared = try #require(Self.dumped[command.rawValue]?.arguments)
    let spellings = declared.filter { $0.kind != "positional" }.map { argument in
      let names = argument.names ?? []
      let long = names.first { $0.kind == "long" }?.name ?? ""
      let short = names.first { $0.kind == "short" }?.name ?? "-"
      return "--\(long) \(short) \(argument.kind)"
    }
    let table = (OptionName.common + command.options).map { option in
      "--\(option.long) \(option.short.map { "\($0)" } ?? "-") \(option.takesValue ? "option" : "flag")"
    }
    #expect(Set(spellings).union(["--version - flag"]) == Set(table))
    #expect(table.count == Set(table).count)
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
    let short = Help.short(command, isTerminal: false)
    let full = Help.full(command, isTerminal: false)
    #expect(!short.contains("--lock-timeout"))
    #expect(full.contains("--lock-timeout"))
    #expect(short.contains("Examples:"))
    #expect(
      short.contains("wasmstore \(command.rawValue) --help tells of the options that all commands take.\n"))
    #expect(short.split(separator: "\n", omittingEmptySubsequences: false).count <= 50, "more than a screen")
    for option in command.options { #expect(short.contains("--\(option.long)")) }
  }
}
