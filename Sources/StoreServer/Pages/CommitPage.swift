internal import HTTPServing
internal import ModuleStore

/// The page of a commit and its changes.
struct CommitPage {
  let document: HTML

  private static let size = 200

  init(_ request: PageRequest, _ context: PageContext) throws(PageFailure) {
    let rest = try request.rest()
    guard let name = rest.first, rest.rest.isEmpty else { throw .notFound }
    let id = try context.existing(CommitID(hex: name))
    let commit = try translatingErrors { () throws(StoreError) in try context.session.commit(id) }
    let all = try translatingErrors { () throws(StoreError) in try context.session.changes(in: id) }
    let changes = all.filter { context.scope.contains($0.path) }
    guard context.scope.hasAllPaths || !changes.isEmpty else { throw .notFound }
    let paging = try Paging(request, size: Self.size, of: context.address(of: id))
    document = PageLayout(title: "Commit \(id.abbreviated())", context: context).document {
      HTML(.h1) {
        "Commit "
        HTML(.code) { id.abbreviated() }
      }
      if context.showsMessage(of: all) {
        HTML(.pre, .cssClass(.message)) { TextLimit.message(commit.message) }
      }
      Self.facts(commit, context)
      HTML(.h2) { counted(changes.count, "change") }
      if !changes.isEmpty {
        HTML.list(["Change", "Path", .number("Size"), "SHA-256", "Interface"]) {
          for change in paging.slice(changes) { Self.row(change, commit, context) }
        }
        paging.links(count: changes.count)
      }
    }
  }

  private static func facts(_ commit: Commit, _ context: PageContext) -> HTML {
    HTML(.dl, .cssClass(.facts)) {
      HTML.fact("Commit") { HTML(.code, .cssClass(.hash)) { commit.id.hex } }
      HTML.fact("Author") {
        TextLimit.name(commit.author.name)
        HTML(.span, .cssClass(.muted)) { " <\(TextLimit.name(commit.author.mail))>" }
      }
      HTML.fact("Date") { commit.time.rfc3339 }
      // The reader may not be allowed to see any change of a parent.
      if context.scope.hasAllPaths, !commit.parents.isEmpty {
        HTML.fact(commit.parents.count == 1 ? "Parent" : "Parents") {
          for parent in commit.parents {
            context.link(parent)
            " "
          }
        }
        HTML.fact("Modules") {
          HTML(.a, .href(context.address(.modules, at: commit.id))) { "all modules at this commit" }
        }
      }
    }
  }

  private static func row(_ change: Change, _ commit: Commit, _ context: PageContext) -> HTML {
    let path = change.modulePath
    return HTML(.tr) {
      HTML(.td) { HTML(.span, .cssClass(.badge, change.kind.cssClass)) { change.kind.rawValue } }
      HTML(.td, .cssClass(.path)) {
        if let path, change.new != nil {
          HTML(.a, .href(context.address(.module, path, at: commit.id))) { change.path.spelled }
        } else {
          change.path.spelled
        }
      }
      HTML(.td, .cssClass(.number)) { change.sizes }
      HTML(.td) {
        if change.kind != .added { HTML.hash(change.old) }
        if change.kind == .updated { " → " }
        if change.kind != .removed { HTML.hash(change.new) }
      }
      HTML(.td) {
        if let path, change.old != nil, change.new != nil, let parent = commit.parents.first {
          HTML(.a, .href(context.address(comparing: path, parent, commit.id))) { "compare" }
        }
      }
    }
  }
}

extension Change {
  /// The path; nil if it breaks the rules for paths, which a push with plain git can do.
  fileprivate var modulePath: ModulePath? {
    guard let text = String(validating: path.bytes, as: UTF8.self) else { return nil }
    do throws(StoreError) { return try ModulePath(text) } catch { return nil }
  }

  /// The size, or the difference of the sizes for an update.
  fileprivate var sizes: String {
    guard kind == .updated, let oldSize, let newSize else {
      return (newSize ?? oldSize).map { byteCount($0) } ?? ""
    }
    return (newSize > oldSize ? "+" : "") + byteCount(newSize - oldSize)
  }
}

extension ChangeKind {
  fileprivate var cssClass: HTML.CSSClass {
    switch self {
    case .added: .added
    case .updated: .updated
    case .removed: .removed
    }
  }
}
