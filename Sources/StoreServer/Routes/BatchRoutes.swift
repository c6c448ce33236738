internal import HTTPServing
internal import HTTPTypes
internal import Hummingbird
internal import JSONText
internal import ModuleStore
internal import StoreJSON

/// The route that adds many modules in one commit.
struct BatchRoutes: Sendable {
  let served: ServedStore

  func register(in routes: StoreRoutes) {
    routes.add("/api/v1/batch", [.post: add])
  }

  /// Adds the modules of the body, a tar archive, plain or compressed with gzip: all or none.
  private func add(_ request: Request, _ context: StoreRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    let type = request.headers[.contentType]?.prefix { $0 != ";" }.trimmed.lowercased()
    guard let type, BatchRoutes.types.contains(type) else {
      var failure = HTTPFailure(
        .unsupportedMediaType, "invalid_input",
        "the content type must be one of " + BatchRoutes.types.joined(separator: ", "))
      failure.headers[.accept] = BatchRoutes.types.joined(separator: ", ")
      throw failure
    }
    let prefix = try path.modulePath
    let target = try await served.writeTarget(for: request, context, prefix)
    let message = try request.query("message")
    let prunes = try request.flag("prune")
    let result = try await served.uploads.run {
      let archive = try await Upload(served: served, limit: served.settings.bodyLimit).receiveArchive(request)
      return try await target.run { (session) throws(StoreError) in
        var imported = ImportRequest(archive.source)
        imported.prefix = prefix
        imported.message = message
        imported.prunes = prunes
        return try session.importModules(imported)
      }
    }
    return Response.json(
      .object([
        ("commit", .optional(result.commit?.hex)), ("changes", .array(result.changes.map(\.json))),
        ("skipped", .array(result.skipped.map { .text($0) })),
      ])
    ).withCommit(result.commit)
  }

  private static let types = ["application/x-tar", "application/gzip"]
}
