internal import HTTPServing
internal import ModuleStore

/// The page of a commit and its changes.
struct CommitPage {
  let document: HTML

  private static let size = 200

  init(_ request: PageRequest, _ place: PagePlace) throws(PageFailure) {
    let rest = try request.rest()
    guard let name = rest.first, rest.rest.isEmpty else { throw .notFound }
    let id = try place.existing(CommitID(hex: name))
    let commit = try shown { () throws(StoreError) in try place.session.commit(id) }
    let all = try shown { () throws(StoreError) in try place.session.changes(in: id) }
    let changes = all.filter { place.view.sees($0.path) }
    guard place.view.hasAllPaths || !changes.isEmpty else { throw .notFound }
    let paging = try Paging(request, size: Self.size, of: place.address(of: id))
    document = PageLayout(title: "Commit \(id.abbreviated())", place: place).document {
      HTML(.h1) {
        "Commit "
        HTML(.code) { id.abbreviated() }
      }
      if place.showsMessage(of: all) { HTML(.pre, .look(.message)) { TextLimit.message(commit.message) } }
      Self.facts(commit, place)
      HTML(.h2) { counted(changes.count, "change") }
      if !changes.isEmpty {
        HTML.list(["Change", "Path", .number("Size"), "SHA-256", "Interface"]) {
          for change in paging.slice(changes) { Self.row(change, commit, place) }
        }
        paging.links(count: changes.count)
      }
    }
  }

  private static func facts(_ commit: Commit, _ place: PagePlace) -> HTML {
    HTML(.dl, .look(.facts)) {
      HTML.fact("Commit") { HTML(.code, .look(.hash)) { commit.id.hex } }
      HTML.fact("Author") {
        TextLimit.name(commit.author.name)
        HTML(.span, .look(.muted)) { " <\(TextLimit.name(commit.author.mail))>" }
      }
      HTML.fact("Date") { commit.time.rfc3339 }
      // The reader may not be allowed to see any change of a parent.
      if place.view.hasAllPaths, !commit.parents.isEmpty {
        HTML.fact(commit.parents.count == 1 ? "Parent" : "Parents") {
          for parent in commit.parents {
            place.link(parent)
            " "
          }
        }
        HTML.fact("Modules") {
          HTML(.a, .href(place.address(.modules, at: commit.id))) { "as they were then" }
        }
      }
    }
  }

  private static func row(_ change: Change, _ commit: Commit, _ place: PagePlace) -> HTML {
    let path = change.modulePath
    return HTML(.tr) {
      HTML(.td) { HTML(.span, .look(.badge, change.kind.look)) { change.kind.rawValue } }
      HTML(.td, .look(.path)) {
        if let path, change.new != nil {
          HTML(.a, .href(place.address(.module, path, at: commit.id))) { change.path.spelled }
        } else {
          change.path.spelled
        }
      }
      HTML(.td, .look(.number)) { change.sizes }
      HTML(.td) {
        if change.kind != .added { HTML.hash(change.old) }
        if change.kind == .updated { " → " }
        if change.kind != .removed { HTML.hash(change.new) }
      }
      HTML(.td) {
        if let path, change.old != nil, change.new != nil, let parent = commit.parents.first {
          HTML(.a, .href(place.address(comparing: path, parent, commit.id))) { "compare" }
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
  fileprivate var look: HTML.Look {
    switch self {
    case .added: .added
    case .updated: .updated
    case .removed: .removed
    }
  }
}
