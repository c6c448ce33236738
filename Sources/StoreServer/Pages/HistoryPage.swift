internal import Identifiers
internal import ModuleStore

/// The page with the commits of a branch or tag, or with those that changed a path.
struct HistoryPage {
  let document: HTML

  private static let size = 50

  init(_ request: PageRequest, _ context: PageContext) throws(PageFailure) {
    let path = try Self.path(request, context.scope)
    let paging = try Paging(request, size: Self.size, of: context.address(.history, path))
    var commits = try Self.commits(path, paging, context)
    guard path == nil || !commits.isEmpty || paging.number > 1 else { throw .notFound }
    let hasMore = commits.count > paging.size
    if hasMore { commits.removeLast() }
    let versions =
      try path.map { path throws(PageFailure) in try Self.versions(of: path, in: context) } ?? [:]
    let details: [HTML.Column] = versions.isEmpty ? [] : ["SHA-256", "Interface"]
    document = PageLayout(
      title: "History of \(path?.description ?? context.text)", context: context, kind: .history
    )
    .document {
      if path != nil { context.crumbs(path) }
      HTML(.h1) { "History" }
      HTML.list(["Commit", "Changed", "Author", "Message"] + details) {
        for entry in commits {
          let commit = entry.commit
          HTML(.tr) {
            HTML(.td) { context.link(commit.id) }
            HTML(.td) { HTML.time(commit.time) }
            HTML(.td) { TextLimit.name(commit.author.name) }
            HTML(.td, .cssClass(.message)) { context.shownMessage(of: entry.commit, entry.changes) }
            if !versions.isEmpty, let path { Self.cells(versions[commit.id], of: commit.id, path, context) }
          }
        }
      }
      paging.links(hasMore: hasMore)
    }
  }

  /// Returns the path whose history is shown, limited to what the key allows; nil for all paths.
  private static func path(_ request: PageRequest, _ scope: VisibleScope) throws(PageFailure) -> ModulePath? {
    let path = try request.path()
    guard !scope.hasAllPaths else { return path }
    guard scope.containsPart(of: path) else { throw .notFound }
    guard let path, scope.contains(path) else { return scope.path }
    return path
  }

  /// Returns the commits of the page, and one more if there is a next page.
  private static func commits(
    _ path: ModulePath?, _ paging: Paging, _ context: PageContext
  ) throws(PageFailure) -> [LogEntry] {
    var request = LogRequest()
    request.revision = context.commit.hex
    request.path = path
    request.skip = paging.skipped
    request.limit = paging.size + 1
    request.showsChanges = !context.scope.hasAllPaths
    var commits: [LogEntry] = []
    try translatingErrors { () throws(StoreError) in
      try context.session.log(request) { (entry) throws(StoreError) in
        commits.append(entry)
        return true
      }
    }
    return commits
  }

  /// A version of a path, and the commit of the version before it.
  private struct PathVersion {
    let digest: ModuleDigest
    let before: CommitID?
  }

  /// Returns the versions of a path by the commits that made them; empty for a folder or on a tag.
  private static func versions(
    of path: ModulePath, in context: PageContext
  ) throws(PageFailure) -> [CommitID: PathVersion] {
    guard case .branch = context.name else { return [:] }
    var found: [CommitID: PathVersion] = [:]
    var before: CommitID?
    do throws(StoreError) {
      for version in try context.session.versions(of: path, repeating: true) {
        found[version.commit] = PathVersion(digest: version.digest, before: before)
        before = version.commit
      }
    } catch .moduleNotFound {
      return [:]
    } catch {
      throw PageFailure(error)
    }
    return found
  }

  /// Returns the cells for the module that a commit added, with a link to the comparison with the version before.
  private static func cells(
    _ version: PathVersion?, of commit: CommitID, _ path: ModulePath, _ context: PageContext
  ) -> HTML {
    var cells = HTML(.td) {
      if let version {
        HTML(.a, .href(context.address(.module, path, at: commit))) { HTML.hash(version.digest) }
      }
    }
    cells.append(
      HTML(.td) {
        if let before = version?.before {
          HTML(.a, .href(context.address(comparing: path, before, commit))) { "compare" }
        }
      })
    return cells
  }
}

extension PageContext {
  /// Returns the first line of a commit's message if every change of the commit is visible, because the message may
  /// describe hidden changes.
  ///
  /// - Parameters:
  ///   - commit: The commit.
  ///   - changes: The changes of the commit; may be nil if every path is visible.
  /// - Returns: The line; empty if it is hidden.
  func shownMessage(of commit: Commit, _ changes: [Change]?) -> String {
    showsMessage(of: changes) ? firstLine(of: commit.message) : ""
  }

  /// Returns whether the message of a commit with these changes is visible.
  func showsMessage(of changes: [Change]?) -> Bool {
    scope.hasAllPaths || changes?.allSatisfy { scope.contains($0.path) } == true
  }
}
