internal import ArgumentParser
internal import FileSystem
internal import JSONText
internal import StoreJSON
internal import SystemPackage
internal import WorkersKV

/// `edge`: a Worker that serves published modules.
struct EdgeCommand: StoreCommand {
  static let configuration = CommandConfiguration(
    .edge, "Creates and runs a Worker for published branches.",
    usage: """
      wasmstore edge init FOLDER --id NAMESPACE [--name STORE]
      wasmstore edge build [FOLDER] [--bundle DIR]
      wasmstore edge dev TARGET [--port PORT] [--data DIR] [--name STORE] [--node PROGRAM] [--bundle DIR]
      """,
    examples: """
        wasmstore edge init site --id 0f2ac74b498b48028cb68387c421e279 && wasmstore edge build site
        wasmstore edge dev http://localhost:6385/site --port 8787
      """,
    notes: """
      init writes a project for wrangler. build copies the Worker, which comes with this program, into it. dev runs the \
      Worker with node, with the kv-server of TARGET, until SIGTERM or SIGINT; it requires WASMSTORE_HEAD_TOKEN from \
      clients that publish with kv-sync TARGET --head http://localhost:PORT. --branch selects the branch to serve. \
      See Documentation/edge.md.
      """)

  @Argument("action", help: "What to do: init, build or dev.") var action: Action
  @Argument("folder", help: "The folder of the project; with dev, the TARGET of kv-sync.") var place: String?
  @Option("id", value: "namespace", help: "With init: the id of the namespace of Workers KV.") var id: String?
  @Option("name", value: "store", help: "The store's name in the namespace.")
  var name = "default"
  @Option("port", value: "port", help: "With dev: the port; 0 means any free port. (default: 8787)") var port:
    UInt16?
  @Option(
    "data", value: "dir", help: "With dev: the folder of the heads. (default: .wasmstore-edge)",
    completion: .file())
  var data: String?
  @Option("node", value: "program", help: "With dev: the program of node 24 or later. (default: node)")
  var node: String?
  @Option(
    "bundle", value: "dir",
    help: "The folder of worker.js, edge.wasm and heads.wasm. (default: next to this program)",
    completion: .file())
  var bundle: String?
  @OptionGroup(title: "Common options") var common = CommonOptions()

  /// The actions of `edge`.
  enum Action: String, CaseIterable, ArgumentValue {
    case `init`, build, dev
  }

  func run(_ session: Session) throws {
    switch action {
    case .`init`: try makeProject(session)
    case .build:
      let folder = FilePath(place ?? ".").appending("build")
      try EdgeBundle(bundle).copy(into: folder)
      for file in EdgeBundle.files {
        try session.console.emit(WrittenFile(path: folder.appending(file).string))
      }
    case .dev: try serve(session)
    }
  }

  private func makeProject(_ session: Session) throws {
    guard let place, let id else { throw Failure.usage("edge init requires a FOLDER and --id") }
    guard id.utf8.count == 32, id.allSatisfy(\.isHexDigit) else {
      throw Failure.usage("--id must be the 32 hexadecimal digits of a namespace's id")
    }
    let folder = FilePath(place)
    let name = folder.lastComponent?.string.lowercased() ?? "site"
    let isName = !name.isEmpty && name.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "-") }
    guard try contents(of: folder.appending("wrangler.jsonc")) == nil else {
      throw Failure(.exists, "\(place)/wrangler.jsonc already exists")
    }
    let branch = try session.namedBranch.map { "\($0)" } ?? "main"
    let text = """
      // A Worker that serves what `wasmstore kv-sync` publishes. `wasmstore edge build` writes it to build/.
      // Run wrangler deploy, and wrangler secret put WASMSTORE_HEAD_TOKEN, before you publish for the first time.
      {
        "name": \(EdgeCommand.json(.text(isName ? name : "site"))),
        "main": "build/worker.js",
        "compatibility_date": "2026-06-30",
        "no_bundle": true,
        "rules": [{ "type": "CompiledWasm", "globs": ["**/*.wasm"] }],
        "kv_namespaces": [{ "binding": "KV", "id": \(EdgeCommand.json(.text(id))) }],
        "durable_objects": { "bindings": [{ "name": "HEADS", "class_name": "BranchHead" }] },
        // An older wrangler needs this instead: "migrations": [{ "tag": "v1", "new_sqlite_classes": ["BranchHead"] }]
        "exports": { "BranchHead": { "type": "durable-object", "storage": "sqlite" } },
        "vars": { "STORE": \(EdgeCommand.json(.text(self.name))), "BRANCH": \(EdgeCommand.json(.text(branch))) }
      }

      """
    try EdgeBundle.write(text, to: "wrangler.jsonc", in: folder)
    try EdgeBundle.write("build/\n.wrangler/\n", to: ".gitignore", in: folder)
    for file in ["wrangler.jsonc", ".gitignore"] {
      try session.console.emit(WrittenFile(path: folder.appending(file).string))
    }
  }

  private static func json(_ value: JSONValue) -> String {
    var bytes: [UInt8] = []
    JSONWriter.append(to: &bytes) { $0.write(value, sortingMembers: false) }
    return String(decoding: bytes, as: UTF8.self)
  }

  /// Runs the Worker in node, which replaces this process.
  private func serve(_ session: Session) throws {
    guard let place else { throw Failure.usage("edge dev requires the TARGET of kv-sync") }
    let target = try KVTarget(place, head: "http://localhost")
    guard target.namespaces.hasPrefix("http://") else {
      throw Failure.usage("edge dev requires a TARGET with http://, of a kv-server")
    }
    let bundle = try EdgeBundle(bundle)
    let connections = try KVConnections(to: target)
    let client = KVClient(target, token: session.settings.kvToken, over: connections)
    let id: String
    do {
      id = try waitFor { try await client.namespaceID(making: true) }
    } catch {
      // The first error is more important than an error of closing the connections.
      try? waitFor { try await connections.close() }
      throw error
    }
    try waitFor { try await connections.close() }
    let branch = try session.namedBranch.map { "\($0)" } ?? "main"
    // Tokens are passed in the environment, because other users can read the arguments of a command.
    let settings = JSONValue.object([
      ("bundle", .text(bundle.folder.appending("worker.js").string)),
      ("namespaces", .text(target.namespaces)),
      ("namespace", .text(id)), ("port", .count(Int(port ?? 8_787))),
      ("data", .text(data ?? ".wasmstore-edge")),
      ("variables", .object([("STORE", .text(name)), ("BRANCH", .text(branch))])),
      ("objects", .object([("HEADS", .text("BranchHead"))])),
    ])
    let host = bundle.folder.appending("host")
    let program = node ?? "node"
    try session.console.flush()
    let error = replaceProgram(
      with: program,
      [
        "--disable-warning=ExperimentalWarning", "--import", host.appending("node.mjs").string,
        host.appending("main.mjs").string, EdgeCommand.json(settings),
      ])
    throw Failure(.failed, error.description, hint: "node 24 or later is required; --node sets the program")
  }
}

private struct WrittenFile: Presentable {
  let path: String

  func text(_ style: Style) -> String { "wrote \(path)\n" }

  var json: JSONValue { .object([("path", .text(path))]) }
}
