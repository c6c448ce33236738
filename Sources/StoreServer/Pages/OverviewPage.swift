internal import ModuleStore

/// The page with the branches and tags of a store.
struct OverviewPage {
  let document: HTML

  private static let size = 200

  init(_ request: PageRequest, _ store: StoreSession, _ scope: VisibleScope) throws(PageFailure) {
    let paging = try Paging(request, size: Self.size, of: PageAddress([]))
    let branches = try translatingErrors { () throws(StoreError) in try store.branches() }.filter {
      scope.contains($0.name)
    }
    let tags = scope.hasAllBranches ? try translatingErrors { () throws(StoreError) in try store.tags() } : []
    // A commit's message may be about a path that the key does not allow.
    let showsCommits = scope.hasAllPaths
    var heads: [CommitID: Commit] = [:]
    if showsCommits {
      let ids = paging.slice(branches).compactMap(\.head) + paging.slice(tags).map(\.commit)
      for id in ids where heads[id] == nil {
        heads[id] = try translatingErrors { () throws(StoreError) in try store.commit(id) }
      }
    }
    let details: [HTML.Column] = showsCommits ? ["Commit", "Changed", "Author", "Message"] : []
    document = PageLayout(title: "Branches and tags", context: nil).document {
      HTML(.h1) { "Branches" }
      HTML.list(["Branch"] + details) {
        for branch in paging.slice(branches) {
          HTML(.tr) {
            HTML(.td, .cssClass(.path)) { Self.name(of: branch) }
            if showsCommits {
              Self.cells(branch.head.flatMap { heads[$0] }, ("branch", branch.name.name), message: nil)
            }
          }
        }
      }
      if !tags.isEmpty {
        HTML(.h2) { "Tags" }
        HTML.list(["Tag"] + details) {
          for tag in paging.slice(tags) {
            let field = (name: "tag", value: Optional(tag.name.name))
            HTML(.tr) {
              HTML(.td, .cssClass(.path)) {
                HTML(.a, .href(PageAddress([PageRequest.Kind.modules.rawValue], [field]))) { tag.name.name }
              }
              if showsCommits { Self.cells(heads[tag.commit], field, message: tag.message) }
            }
          }
        }
      }
      paging.links(count: max(branches.count, tags.count))
    }
  }

  private static func name(of branch: Branch) -> HTML {
    let address = PageAddress([PageRequest.Kind.modules.rawValue], [("branch", branch.name.name)])
    return HTML(.span) {
      if branch.head == nil { branch.name.name } else { HTML(.a, .href(address)) { branch.name.name } }
      if branch.isDefault {
        " "
        HTML(.span, .cssClass(.badge)) { "default" }
      }
      if branch.isProtected {
        " "
        HTML(.span, .cssClass(.badge)) { "protected" }
      }
    }
  }

  /// Returns the cells for the current commit of a branch or tag.
  private static func cells(
    _ commit: Commit?, _ field: (name: String, value: String?), message: String?
  ) -> HTML {
    var cells = HTML()
    guard let commit else {
      cells.append(HTML(.td, .cssClass(.muted)) { "no commits yet" })
      for _ in 0..<3 { cells.append(HTML(.td)) }
      return cells
    }
    let address = PageAddress([PageRequest.Kind.commit.rawValue, commit.id.hex], [field])
    cells.append(
      HTML(.td) {
        HTML(.a, .cssClass(.hash), .href(address), .title(commit.id.hex)) { commit.id.abbreviated() }
      })
    cells.append(HTML(.td) { HTML.time(commit.time) })
    cells.append(HTML(.td) { TextLimit.name(commit.author.name) })
    cells.append(HTML(.td, .cssClass(.message)) { firstLine(of: message ?? commit.message) })
    return cells
  }
}

/// Returns the first line of a message, shortened to the limit for lines.
func firstLine(of message: String) -> String {
  TextLimit.line(String(Substring(message.utf8.prefix { $0 != 0x0a && $0 != 0x0d })))
}
