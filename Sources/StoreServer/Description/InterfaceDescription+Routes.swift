internal import HTTPServing
internal import HTTPTypes

extension InterfaceDescription {
  private typealias Answer = OperationDescription.Answer

  /// The header fields of the response to a change.
  private static let changed = [
    ("Wasmstore-Commit", "The commit that was made; missing where nothing changed.")
  ]

  /// The header fields of a response with a module.
  private static let moduleFields = [
    ("Wasmstore-Hash", "The hash of the module."), ("ETag", "The hash of the module, in quotation marks."),
    ("Accept-Ranges", "bytes"), ("Cache-Control", "How long it may be kept."),
  ]

  private static let reading: [ParameterDescription] = [
    .branch, .header("Range", "The parts that are wanted."),
    .header("If-None-Match", "The hashes that the client has, in quotation marks."),
    .header("If-Match", "The hashes that the client wants, in quotation marks."),
    .header("If-Range", "The hash, in quotation marks, that the parts are wanted of."),
  ]

  private static let moduleAnswers: [(Int, Answer)] = [
    (200, Answer(about: "The module.", content: [("application/wasm", .bytes)], fields: moduleFields)),
    (
      206,
      Answer(
        about: "Parts of the module.",
        content: [("application/wasm", .bytes), ("multipart/byteranges", .bytes)], fields: moduleFields)
    ),
    (304, Answer(about: "The client has it.", fields: moduleFields)),
    (416, Answer(about: "None of the parts is there.", fields: moduleFields)),
  ]

  private static func done(_ about: String) -> [(Int, Answer)] {
    [(200, Answer(about: about, fields: changed))]
  }

  static let modules: [OperationDescription] = [
    .init(
      method: .get, path: "/modules", name: "listModules", about: "The hash of each module by its path.",
      parameters: [.branch], answers: [(200, .json("The modules.", .map(to: .hash)))], failures: [404]),
    .init(
      method: .get, path: "/modules/{path}", name: "listModulesBelow",
      about: "The modules at and below a path.",
      parameters: [.prefix, .branch], answers: [(200, .json("The modules.", .map(to: .hash)))],
      failures: [404]),
    .init(
      method: .get, path: "/module/{path}", name: "readModule", about: "The bytes of a module.",
      parameters: [.moduleReference] + reading, answers: moduleAnswers, failures: [404, 412]),
    .init(
      method: .post, path: "/module/{path}", name: "addModule", about: "Adds a module at a path.",
      parameters: [.module, .branch] + ParameterDescription.conditions, bodyTypes: ["application/wasm"],
      answers: [(200, Answer(about: "The hash.", content: [("text/plain", .hash)], fields: changed))],
      failures: [404, 409, 412, 413]),
    .init(
      method: .delete, path: "/module/{path}", name: "removeModule",
      about: "Removes a module or directory, or each path that has a hash. What is missing is no failure.",
      parameters: [.moduleReference, .branch] + ParameterDescription.conditions, answers: done("It is gone."),
      failures: [404, 409, 412]),
    .init(
      method: .get, path: "/hash/{path}", name: "readHash", about: "The hash of a module.",
      parameters: [.moduleReference, .branch], answers: [(200, .text("The hash.", .hash))], failures: [404]),
    .init(
      method: .post, path: "/hash/{hash}/{path}", name: "setModule",
      about: "Lets a path have a module that some history of the store has.",
      parameters: [hash, .module, .branch] + ParameterDescription.conditions,
      answers: done("The path has it."),
      failures: [404, 409, 412]),
    .init(
      method: .post, path: "/batch", name: "addBatch",
      about: "Adds the modules of a tar archive in one commit.",
      parameters: [.branch] + batch, bodyTypes: batchTypes, answers: batchAnswers,
      failures: [404, 409, 413, 415]),
    .init(
      method: .post, path: "/batch/{path}", name: "addBatchBelow",
      about: "Adds the modules of a tar archive below a path in one commit.",
      parameters: [.prefix, .branch] + batch, bodyTypes: batchTypes, answers: batchAnswers,
      failures: [404, 409, 413, 415]),
  ]

  private static let hash = ParameterDescription.path(
    "hash", "The hash of a module.", .matching("^[0-9a-fA-F]{64}$"))
  private static let commit = ParameterDescription.path(
    "commit", "The id of a commit.", .matching("^[0-9a-fA-F]{40}$"))
  private static let revision = ParameterDescription.query(
    "rev", "The revision; else where the branch stands.")
  private static let batchTypes = ["application/x-tar", "application/gzip"]
  private static let batch: [ParameterDescription] = [
    .query("message", "The message of the commit."),
    .query("prune", "Whether what the archive lacks is removed.", .flag),
  ]
  private static let batchAnswers: [(Int, Answer)] = [
    (
      200,
      Answer(
        about: "What changed.",
        content: [
          (
            "application/json",
            .object([
              ("commit", Schema.commit.orNull), ("changes", .array(of: .named("Change"))),
              ("skipped", .array(of: .text)),
            ])
          )
        ], fields: changed)
    )
  ]

  static let history: [OperationDescription] = [
    .init(
      method: .get, path: "/snapshot", name: "readHead", about: "The commit that the branch stands at.",
      parameters: [.branch], answers: [(200, .text("Its id.", .commit))], failures: [404]),
    .init(
      method: .get, path: "/commit/{commit}", name: "readCommit", about: "A commit.",
      parameters: [commit, .branch], answers: [(200, .json("The commit.", .named("Commit")))], failures: [404]
    ),
    .init(
      method: .get, path: "/versions/{path}", name: "listVersions",
      about: "The hashes that a path had, each with the commit that made it so, the oldest first.",
      parameters: [.module, .branch],
      answers: [(200, .json("The versions.", .array(of: .pair(of: .matching("^[0-9a-f]{40,64}$")))))],
      failures: [404]),
    .init(
      method: .get, path: "/version/{number}/{path}", name: "readVersion", about: "A module that a path had.",
      parameters: [
        .path("number", "The number of the version, 0 for the oldest.", .integer(from: 0, to: Int64.max)),
        .module,
      ] + reading, answers: moduleAnswers, failures: [404, 412]),
    .init(
      method: .post, path: "/restore/{commit}", name: "restoreBranch", about: "Moves the branch to a commit.",
      parameters: [commit, .branch], answers: done("It stands there."), failures: [404, 409]),
    .init(
      method: .post, path: "/restore/{commit}/{path}", name: "restorePath",
      about: "Gives a path what a commit has there.", parameters: [commit, .prefix, .branch],
      answers: done("The path has it."), failures: [404, 409]),
    .init(
      method: .post, path: "/rollback", name: "rollBackBranch", about: "Goes back by one commit.",
      parameters: [.branch], answers: done("It is done."), failures: [404, 409]),
    .init(
      method: .post, path: "/rollback/{path}", name: "rollBackPath",
      about: "Goes back by one version of a path.",
      parameters: [.module, .branch], answers: done("It is done."), failures: [404, 409]),
  ]

  static let branches: [OperationDescription] = [
    .init(
      method: .get, path: "/branches", name: "listBranches", about: "The names of the branches.",
      answers: [(200, .json("The names.", .array(of: .text)))]),
    .init(
      method: .get, path: "/branch", name: "readDefaultBranch", about: "The name of the default branch.",
      answers: [(200, .text("The name."))]),
    .init(
      method: .post, path: "/branch/{branch}", name: "createBranch",
      about: "Makes a branch that begins where the request's branch stands.", parameters: [branch, .branch],
      answers: done("It is there."), failures: [404, 409]),
    .init(
      method: .put, path: "/branch/{branch}", name: "chooseBranch",
      about: "Makes a branch the server's default one until it ends; makes it where it is missing.",
      parameters: [branch, .branch], answers: done("It is the default."), failures: [404, 409]),
    .init(
      method: .delete, path: "/branch/{branch}", name: "deleteBranch",
      about: "Deletes a branch. A missing one is no failure.", parameters: [branch],
      answers: done("It is gone."),
      failures: [404, 409]),
    .init(
      method: .post, path: "/merge/{branch}", name: "mergeBranch",
      about: "Merges a branch into the request's one.",
      parameters: [branch, .branch], answers: done("It is merged."), failures: [404, 409]),
    .init(
      method: .post, path: "/gc", name: "collectGarbage",
      about: "Squashes the request's branch, and removes what nothing reaches.", parameters: [.branch],
      answers: done("It is done."), failures: [404, 409]),
  ]

  private static let branch = ParameterDescription.path("branch", "The name of a branch.")

  static let knowledge: [OperationDescription] = [
    .init(
      method: .get, path: "/log", name: "readLog", about: "The commits of the branch, the newest first.",
      parameters: [.branch] + log, answers: logAnswers, failures: [404]),
    .init(
      method: .get, path: "/log/{path}", name: "readLogOfPath", about: "The commits that changed a path.",
      parameters: [.prefix, .branch] + log, answers: logAnswers, failures: [404]),
    .init(
      method: .get, path: "/diff/{old}/{new}", name: "compareRevisions",
      about: "The paths in which two revisions differ.", parameters: [old, new, .branch],
      answers: differences,
      failures: [404]),
    .init(
      method: .get, path: "/diff/{old}/{new}/{path}", name: "compareRevisionsBelow",
      about: "The paths at and below one in which two revisions differ.",
      parameters: [old, new, .prefix, .branch],
      answers: differences, failures: [404]),
    .init(
      method: .get, path: "/inspect/{path}", name: "inspectModule", about: "What a module needs and offers.",
      parameters: [.moduleReference, .branch], answers: [(200, .json("The module.", .named("Module")))],
      failures: [404]
    ),
    .init(
      method: .get, path: "/compare", name: "compareModules",
      about: "What a new module changes for the users and hosts of an old one.",
      parameters: [
        .query("old", "The old module.", isRequired: true),
        .query("new", "The new module.", isRequired: true), .branch,
      ],
      answers: [
        (
          200,
          .json(
            "The comparison.",
            .object([
              ("verdict", .text), ("changes", .array(of: .object([]))), ("old", .named("Module")),
              ("new", .named("Module")),
            ]))
        )
      ], failures: [404]),
    .init(
      method: .get, path: "/search", name: "searchModules", about: "The modules that meet all conditions.",
      parameters: [.branch] + conditions, answers: found, failures: [404]),
    .init(
      method: .get, path: "/search/{path}", name: "searchModulesBelow",
      about: "The modules at and below a path that meet all conditions.",
      parameters: [.prefix, .branch] + conditions,
      answers: found, failures: [404]),
    .init(
      method: .get, path: "/watch", name: "watchBranch",
      about: "Tells what becomes of the branch, over WebSocket.",
      parameters: [
        .branch, .query("since", "The commit that the client knows."),
        .query("prefix", "The path that is watched."),
      ], answers: [(101, .empty("Messages follow."))], failures: [404]),
  ]

  private static let old = ParameterDescription.path("old", "The old revision.")
  private static let new = ParameterDescription.path("new", "The new revision.")
  private static let log: [ParameterDescription] = [
    revision, .query("limit", "The most commits.", .integer(from: 1, to: 1_000)),
    .query("skip", "How many are passed over.", .integer(from: 0, to: Int64.max)),
    .query("changes", "Whether each has its changes.", .flag),
  ]
  private static let logAnswers: [(Int, Answer)] = [
    (200, .json("The commits.", .array(of: .named("LogEntry"))))
  ]
  private static let differences: [(Int, Answer)] = [
    (200, .json("The differences.", .array(of: .named("Change"))))
  ]
  private static let conditions: [ParameterDescription] = [
    .query("import", "A pattern of what it imports.", isRepeated: true),
    .query("export", "A pattern of what it exports.", isRepeated: true),
    .query("feature", "A feature that it uses.", isRepeated: true),
    .query("producer", "A pattern of what made it.", isRepeated: true),
    .query("kind", "Its kind.", .oneOf("core", "component"), isRepeated: true),
    .query("larger", "The size that it is larger than."),
    .query("smaller", "The size that it is smaller than."),
    .query("path", "A pattern of its path.", isRepeated: true), revision,
    .query("all", "Whether the history is searched too.", .flag),
  ]
  private static let found: [(Int, Answer)] = [(200, .json("The modules.", .array(of: .named("Module"))))]

  static let tags: [OperationDescription] = [
    .init(
      method: .get, path: "/tags", name: "listTags", about: "The tags.",
      answers: [
        (
          200,
          .json(
            "The tags.",
            .array(of: .object([("name", .text), ("commit", .commit), ("message", Schema.text.orNull)])))
        )
      ]),
    .init(
      method: .post, path: "/tag/{tag}", name: "createTag", about: "Makes a tag.",
      parameters: [tag, .branch, revision, .query("message", "What it says.")], answers: done("It is there."),
      failures: [404, 409]),
    .init(
      method: .delete, path: "/tag/{tag}", name: "deleteTag",
      about: "Deletes a tag. A missing one is no failure.",
      parameters: [tag], answers: done("It is gone."), failures: [404, 409]),
  ]

  private static let tag = ParameterDescription.path("tag", "The name of a tag.")

  static let service: [OperationDescription] =
    [HTTPRequest.Method.get, .post, .put, .delete, .patch].map { method in
      .init(
        method: method, path: "/auth", name: method.rawValue.lowercased() + "Auth",
        about: "Whether the key is for this method.", answers: [(200, .empty("It is."))])
    } + [
      .init(
        method: .get, path: "/health", name: "readHealth", about: "Whether the store can be read.",
        answers: [(200, .text("It can."))], needsKey: false),
      .init(
        method: .get, path: "/metrics", name: "readMetrics", about: "What the server counts, for Prometheus.",
        answers: [(200, .text("The counts."))]),
      .init(
        method: .get, path: "/openapi.json", name: "readDescription", about: "This document.",
        answers: [(200, .json("The document.", .object([("openapi", .text)])))]),
    ]
}
