internal import HTTPServing
internal import HTTPTypes

extension InterfaceDescription {
  private typealias Answer = OperationDescription.Answer

  /// The header fields of the response to a change.
  private static let changed = [
    ("Wasmstore-Commit", "The new commit. Absent if nothing changed.")
  ]

  /// The header fields of a response with a module.
  private static let moduleFields = [
    ("Wasmstore-Hash", "The hash of the module."), ("ETag", "The hash of the module, in quotation marks."),
    ("Accept-Ranges", "bytes"), ("Cache-Control", "How long a cache may keep the module."),
  ]

  private static let reading: [ParameterDescription] = [
    .branch, .header("Range", "The byte ranges to return."),
    .header("If-None-Match", "The hashes that the client has, in quotation marks."),
    .header("If-Match", "The hashes that the client accepts, in quotation marks."),
    .header("If-Range", "The hash of the module, in quotation marks, for which Range is valid."),
  ]

  private static let moduleAnswers: [(Int, Answer)] = [
    (200, Answer(about: "The module.", content: [("application/wasm", .bytes)], fields: moduleFields)),
    (
      206,
      Answer(
        about: "Parts of the module.",
        content: [("application/wasm", .bytes), ("multipart/byteranges", .bytes)], fields: moduleFields)
    ),
    (304, Answer(about: "The client already has the module.", fields: moduleFields)),
    (416, Answer(about: "The module has none of the byte ranges.", fields: moduleFields)),
  ]

  private static func done(_ about: String) -> [(Int, Answer)] {
    [(200, Answer(about: about, fields: changed))]
  }

  static let modules: [OperationDescription] = [
    .init(
      method: .get, path: "/modules", name: "listModules", about: "Lists the modules: the hash of each path.",
      parameters: [.branch], answers: [(200, .json("The modules.", .map(to: .hash)))], failures: [404]),
    .init(
      method: .get, path: "/modules/{path}", name: "listModulesBelow",
      about: "Lists the modules at and below a path.",
      parameters: [.prefix, .branch], answers: [(200, .json("The modules.", .map(to: .hash)))],
      failures: [404]),
    .init(
      method: .get, path: "/module/{path}", name: "readModule", about: "Returns the bytes of a module.",
      parameters: [.moduleReference] + reading, answers: moduleAnswers, failures: [404, 412]),
    .init(
      method: .post, path: "/module/{path}", name: "addModule", about: "Adds a module at a path.",
      parameters: [.module, .branch] + ParameterDescription.conditions, bodyTypes: ["application/wasm"],
      answers: [(200, Answer(about: "The hash.", content: [("text/plain", .hash)], fields: changed))],
      failures: [404, 409, 412, 413]),
    .init(
      method: .delete, path: "/module/{path}", name: "removeModule",
      about:
        "Removes a module or directory, or each path that has a hash. Succeeds if there is nothing to remove.",
      parameters: [.moduleReference, .branch] + ParameterDescription.conditions,
      answers: done("It was removed, or did not exist."),
      failures: [404, 409, 412]),
    .init(
      method: .get, path: "/hash/{path}", name: "readHash", about: "Returns the hash of a module.",
      parameters: [.moduleReference, .branch], answers: [(200, .text("The hash.", .hash))], failures: [404]),
    .init(
      method: .post, path: "/hash/{hash}/{path}", name: "setModule",
      about: "Puts a module that the store already has at a path.",
      parameters: [hash, .module, .branch] + ParameterDescription.conditions,
      answers: done("The path has the module."),
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
    "rev", "The revision. The default is the head of the branch.")
  private static let batchTypes = ["application/x-tar", "application/gzip"]
  private static let batch: [ParameterDescription] = [
    .query("message", "The message of the commit."),
    .query("prune", "Whether to remove modules that the archive does not have.", .flag),
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
      method: .get, path: "/snapshot", name: "readHead", about: "Returns the head of the branch.",
      parameters: [.branch], answers: [(200, .text("The id of the commit.", .commit))], failures: [404]),
    .init(
      method: .get, path: "/commit/{commit}", name: "readCommit", about: "Returns a commit.",
      parameters: [commit, .branch], answers: [(200, .json("The commit.", .named("Commit")))], failures: [404]
    ),
    .init(
      method: .get, path: "/versions/{path}", name: "listVersions",
      about: "Lists the versions of a path: the hash and the commit of each, the oldest first.",
      parameters: [.module, .branch],
      answers: [(200, .json("The versions.", .array(of: .pair(of: .matching("^[0-9a-f]{40,64}$")))))],
      failures: [404]),
    .init(
      method: .get, path: "/version/{number}/{path}", name: "readVersion",
      about: "Returns the bytes of a version of a path.",
      parameters: [
        .path("number", "The number of the version, 0 for the oldest.", .integer(from: 0, to: Int64.max)),
        .module,
      ] + reading, answers: moduleAnswers, failures: [404, 412]),
    .init(
      method: .post, path: "/restore/{commit}", name: "restoreBranch", about: "Moves the branch to a commit.",
      parameters: [commit, .branch], answers: done("The branch is at the commit."), failures: [404, 409]),
    .init(
      method: .post, path: "/restore/{commit}/{path}", name: "restorePath",
      about: "Restores a path to its content in a commit.", parameters: [commit, .prefix, .branch],
      answers: done("The path has the module."), failures: [404, 409]),
    .init(
      method: .post, path: "/rollback", name: "rollBackBranch", about: "Rolls the branch back by one commit.",
      parameters: [.branch], answers: done("It was rolled back."), failures: [404, 409]),
    .init(
      method: .post, path: "/rollback/{path}", name: "rollBackPath",
      about: "Rolls a path back by one version.",
      parameters: [.module, .branch], answers: done("It was rolled back."), failures: [404, 409]),
  ]

  static let branches: [OperationDescription] = [
    .init(
      method: .get, path: "/branches", name: "listBranches", about: "Lists the names of the branches.",
      answers: [(200, .json("The names.", .array(of: .text)))]),
    .init(
      method: .get, path: "/branch", name: "readDefaultBranch",
      about: "Returns the name of the default branch.",
      answers: [(200, .text("The name."))]),
    .init(
      method: .post, path: "/branch/{branch}", name: "createBranch",
      about: "Creates a branch at the head of the request's branch.", parameters: [branch, .branch],
      answers: done("The branch was created."), failures: [404, 409]),
    .init(
      method: .put, path: "/branch/{branch}", name: "chooseBranch",
      about:
        "Makes a branch the default branch until the server stops. Creates the branch if it does not exist.",
      parameters: [branch, .branch], answers: done("The branch is the default branch."), failures: [404, 409]),
    .init(
      method: .delete, path: "/branch/{branch}", name: "deleteBranch",
      about: "Deletes a branch. Succeeds if it does not exist.", parameters: [branch],
      answers: done("It was removed, or did not exist."),
      failures: [404, 409]),
    .init(
      method: .post, path: "/merge/{branch}", name: "mergeBranch",
      about: "Merges a branch into the request's branch.",
      parameters: [branch, .branch], answers: done("The branch was merged."), failures: [404, 409]),
    .init(
      method: .post, path: "/gc", name: "collectGarbage",
      about: "Squashes the request's branch, and removes objects that nothing refers to.",
      parameters: [.branch],
      answers: done("The garbage collection is complete."), failures: [404, 409]),
  ]

  private static let branch = ParameterDescription.path("branch", "The name of a branch.")

  static let knowledge: [OperationDescription] = [
    .init(
      method: .get, path: "/log", name: "readLog",
      about: "Lists the commits of the branch, the newest first.",
      parameters: [.branch] + log, answers: logAnswers, failures: [404]),
    .init(
      method: .get, path: "/log/{path}", name: "readLogOfPath",
      about: "Lists the commits that changed a path.",
      parameters: [.prefix, .branch] + log, answers: logAnswers, failures: [404]),
    .init(
      method: .get, path: "/diff/{old}/{new}", name: "compareRevisions",
      about: "Lists the paths that differ between two revisions.", parameters: [old, new, .branch],
      answers: differences,
      failures: [404]),
    .init(
      method: .get, path: "/diff/{old}/{new}/{path}", name: "compareRevisionsBelow",
      about: "Lists the paths at and below a path that differ between two revisions.",
      parameters: [old, new, .prefix, .branch],
      answers: differences, failures: [404]),
    .init(
      method: .get, path: "/inspect/{path}", name: "inspectModule",
      about: "Describes a module: its imports, exports and contents.",
      parameters: [.moduleReference, .branch], answers: [(200, .json("The module.", .named("Module")))],
      failures: [404]
    ),
    .init(
      method: .get, path: "/compare", name: "compareModules",
      about: "Compares the interfaces of two modules.",
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
      method: .get, path: "/search", name: "searchModules",
      about: "Lists the modules that meet all conditions.",
      parameters: [.branch] + conditions, answers: found, failures: [404]),
    .init(
      method: .get, path: "/search/{path}", name: "searchModulesBelow",
      about: "Lists the modules at and below a path that meet all conditions.",
      parameters: [.prefix, .branch] + conditions,
      answers: found, failures: [404]),
    .init(
      method: .get, path: "/watch", name: "watchBranch",
      about: "Sends the changes of the branch over a WebSocket.",
      parameters: [
        .branch, .query("since", "Send the changes after this commit."),
        .query("prefix", "Send only changes at and below this path."),
      ], answers: [(101, .empty("The connection is a WebSocket now."))], failures: [404]),
  ]

  private static let old = ParameterDescription.path("old", "The old revision.")
  private static let new = ParameterDescription.path("new", "The new revision.")
  private static let log: [ParameterDescription] = [
    revision, .query("limit", "The maximum number of commits.", .integer(from: 1, to: 1_000)),
    .query("skip", "The number of commits to leave out at the start.", .integer(from: 0, to: Int64.max)),
    .query("changes", "Whether to include the changes of each commit.", .flag),
  ]
  private static let logAnswers: [(Int, Answer)] = [
    (200, .json("The commits.", .array(of: .named("LogEntry"))))
  ]
  private static let differences: [(Int, Answer)] = [
    (200, .json("The differences.", .array(of: .named("Change"))))
  ]
  private static let conditions: [ParameterDescription] = [
    .query("import", "A pattern for the name of an import.", isRepeated: true),
    .query("export", "A pattern for the name of an export.", isRepeated: true),
    .query("feature", "A feature that the module uses.", isRepeated: true),
    .query("producer", "A pattern for a tool or language that produced the module.", isRepeated: true),
    .query("kind", "The kind of the module.", .oneOf("core", "component"), isRepeated: true),
    .query("larger", "Only modules that are larger than this."),
    .query("smaller", "Only modules that are smaller than this."),
    .query("path", "A pattern for the path.", isRepeated: true), revision,
    .query("all", "Whether to search the history too.", .flag),
  ]
  private static let found: [(Int, Answer)] = [(200, .json("The modules.", .array(of: .named("Module"))))]

  static let tags: [OperationDescription] = [
    .init(
      method: .get, path: "/tags", name: "listTags", about: "Lists the tags.",
      answers: [
        (
          200,
          .json(
            "The tags.",
            .array(of: .object([("name", .text), ("commit", .commit), ("message", Schema.text.orNull)])))
        )
      ]),
    .init(
      method: .post, path: "/tag/{tag}", name: "createTag", about: "Creates a tag.",
      parameters: [tag, .branch, revision, .query("message", "The message of the tag.")],
      answers: done("The tag was created."),
      failures: [404, 409]),
    .init(
      method: .delete, path: "/tag/{tag}", name: "deleteTag",
      about: "Deletes a tag. Succeeds if it does not exist.",
      parameters: [tag], answers: done("It was removed, or did not exist."), failures: [404, 409]),
  ]

  private static let tag = ParameterDescription.path("tag", "The name of a tag.")

  static let service: [OperationDescription] =
    [HTTPRequest.Method.get, .post, .put, .delete, .patch].map { method in
      .init(
        method: method, path: "/auth", name: method.rawValue.lowercased() + "Auth",
        about: "Tells whether the key allows this method.", answers: [(200, .empty("It does."))])
    } + [
      .init(
        method: .get, path: "/health", name: "readHealth", about: "Tells whether the store can be read.",
        answers: [(200, .text("It can."))], needsKey: false),
      .init(
        method: .get, path: "/metrics", name: "readMetrics",
        about: "Returns the server's metrics for Prometheus.",
        answers: [(200, .text("The metrics."))]),
      .init(
        method: .get, path: "/openapi.json", name: "readDescription", about: "Returns this document.",
        answers: [(200, .json("The document.", .object([("openapi", .text)])))]),
    ]
}
