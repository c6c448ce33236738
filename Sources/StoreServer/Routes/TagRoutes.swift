internal import HTTPServing
internal import HTTPTypes
internal import Hummingbird
internal import JSONText
internal import ModuleStore
internal import StoreJSON

/// The routes of tags.
///
/// They need a key for the whole store, because a tag can name a commit of any branch.
struct TagRoutes: Sendable {
  let served: ServedStore

  func register(in routes: StoreRoutes) {
    routes.add("/api/v1/tags", [.get: list], rest: .none)
    routes.add("/api/v1/tag", [.post: create, .delete: delete], rest: .some)
  }

  /// Answers with the tags.
  private func list(_ request: Request, _ context: StoreRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    try context.rights.requireWholeStore()
    let tags = try await served.reading(request, context) { (session) throws(StoreError) in try session.tags()
    }
    return .json(.array(tags.map(\.json)))
  }

  /// Creates a tag, at a revision or at the branch's current commit.
  private func create(_ request: Request, _ context: StoreRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    try context.rights.requireWholeStore()
    let name = try TagName(path.joined)
    let (revision, message) = (try request.query("rev"), try request.query("message"))
    try await served.writeTarget(for: request, context, nil).run { (session) throws(StoreError) in
      try session.createTag(name, at: revision, message: message)
    }
    return .done
  }

  /// Deletes a tag.
  ///
  /// A missing tag is not an error.
  private func delete(_ request: Request, _ context: StoreRequestContext, _ path: RequestPath) async throws
    -> Response
  {
    try context.rights.requireWholeStore()
    let name = try TagName(path.joined)
    do {
      try await served.writeTarget(for: request, context, nil).run { (session) throws(StoreError) in
        try session.deleteTag(name)
      }
    } catch StoreError.tagNotFound(name) {}
    return .done
  }
}
