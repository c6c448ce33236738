internal import ArgumentParser
internal import JSONText
internal import ModuleStore
internal import StoreJSON
internal import SystemPackage
internal import Wasm

/// `can-run`: whether a host can run modules.
struct CanRunCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .canRun, "Tells whether a host can run modules, and why not.",
    usage: "wasmstore can-run PROFILE MODULE...",
    examples: """
        wasmstore can-run wasip1 app.wasm
        wasmstore can-run browser ./build/app.wasm plugins/a.wasm
        wasmstore can-run host.txt app.wasm --json
      """,
    notes: """
      PROFILE is \(HostProfile.names.joined(separator: ", ")), or a file that lists what the host offers. A \
      MODULE that begins with ./ or ../ is a file; - is standard input. Exits with 5 unless the host can run all modules.
      """)

  @Argument("profile", help: "A built-in profile, or a file.", completion: .list(HostProfile.names))
  var profile: String
  @Argument("module", help: .moduleOrFile, completion: .custom(StoreCompletion.modules)) var modules: [String]
  @OptionGroup(title: "Common options") var common = CommonOptions()

  func run(_ session: Session) throws {
    guard modules.count(where: { $0 == "-" }) < 2 else {
      throw Failure.usage("standard input (-) can be given only once")
    }
    let profile = try HostProfile(nameOrFile: profile)
    let answers = try modules.map { Answer(module: try session.inspect($0), profile: profile) }
    try session.console.emit(list: answers)
    let refused = answers.count { !$0.canRun }
    guard refused > 0 else { return }
    try session.console.refuse(
      Failure(.cannotRun, "\(profile.name) cannot run \(refused) of \(answers.count) modules"))
  }

  /// The result for one module.
  private struct Answer: Presentable {
    let module: InspectedModule
    let profile: String
    /// The reasons why it cannot run; nil if the module is invalid.
    let objections: [Objection]?

    init(module: InspectedModule, profile: HostProfile) {
      self.module = module
      self.profile = profile.name
      objections = module.description.map { profile.objections(to: $0) }
    }

    var canRun: Bool { objections?.isEmpty == true }

    func text(_ style: Style) -> String {
      let word = canRun ? style.added("yes") : style.removed("no")
      let gap = style.isTerminal ? String(repeating: " ", count: canRun ? 2 : 3) : "\t"
      let reasons: [String]
      if let objections {
        reasons = style.isTerminal ? Self.grouped(objections) : objections.map(\.text)
      } else {
        reasons = ["invalid module: \(module.problem ?? "not described")"]
      }
      let first = word + gap + spelled(module.name) + "\n"
      guard style.isTerminal else { return first + reasons.map { "  \($0)\n" }.joined() }
      var table = Table(style, wraps: true)
      for reason in reasons { table.append(["", reason]) }
      return first + table.text
    }

    /// The reasons for people: imports that the host does not offer at all are last, grouped by the first name.
    private static func grouped(_ objections: [Objection]) -> [String] {
      var lines = objections.filter { $0.missing == nil }.map(\.text)
      var modules: [String] = []
      var names: [String: [String]] = [:]
      for item in objections.compactMap(\.missing) {
        guard let module = item.module else {
          lines.append("import \(item.shownName): the host does not offer it")
          continue
        }
        if names[module] == nil { modules.append(module) }
        names[module, default: []].append(item.name.escaped())
      }
      for module in modules {
        let found = names[module] ?? []
        let shown =
          found.prefix(10).joined(separator: ", ") + (found.count > 10 ? " and \(found.count - 10) more" : "")
        lines.append("the host does not offer from \(module.escaped()): \(shown)")
      }
      return lines
    }

    var json: JSONValue {
      .object(
        module.jsonNameMembers + [
          ("profile", .text(profile)), ("can_run", .boolean(canRun)), ("problem", .optional(module.problem)),
          ("objections", objections.map { .array($0.map(\.json)) } ?? .null),
        ])
    }
  }
}

extension HostProfile {
  /// Selects a built-in profile by its name, otherwise reads the file of that name.
  fileprivate init(nameOrFile word: String) throws {
    if let known = HostProfile(named: word) {
      self = known
    } else if try FileKind(word) != .missing {
      self = try HostProfile(reading: FilePath(word))
    } else {
      throw Failure(
        .notFound, "no profile or file \(word)" + Suggestion.text(for: word, among: HostProfile.names),
        hint: "the profiles are \(HostProfile.names.joined(separator: ", "))")
    }
  }
}
