internal import HTTPServing
internal import ModuleStore
internal import Wasm

/// The page that compares two modules of one path.
struct ComparisonPage {
  let document: HTML

  init(_ request: PageRequest, _ context: PageContext) throws(PageFailure) {
    let path = try request.existingPath()
    guard context.scope.contains(path) else { throw .notFound }
    let commits = (
      old: try context.existing(request.commit("old")), new: try context.existing(request.commit("new"))
    )
    let (old, new) = try translatingErrors { () throws(StoreError) in
      (
        try context.session.inspect(at: path, in: commits.old),
        try context.session.inspect(at: path, in: commits.new)
      )
    }
    document = PageLayout(title: "Changes of \(path)", context: context).document {
      context.crumbs(path)
      HTML(.h1) { "Changes of \(path.name)" }
      HTML.list(["Module", "Commit", "SHA-256", "Kind", .number("Size")]) {
        Self.row("Old", old, path, commits.old, context)
        Self.row("New", new, path, commits.new, context)
      }
      if old.digest == new.digest {
        HTML(.p) { "The two modules are identical." }
      } else if let before = old.description, let after = new.description {
        Self.changes(InterfaceComparison(old: before, new: after))
      } else {
        HTML(.p) { "An invalid module cannot be compared." }
      }
    }
  }

  private static func row(
    _ label: String, _ module: InspectedModule, _ path: ModulePath, _ commit: CommitID, _ context: PageContext
  ) -> HTML {
    HTML(.tr) {
      HTML(.td) { HTML(.a, .href(context.address(.module, path, at: commit))) { label } }
      HTML(.td) { context.link(commit) }
      HTML(.td) { HTML.hash(module.digest) }
      HTML(.td) {
        module.kind.rawValue
        if let problem = module.problem {
          " "
          HTML(.span, .cssClass(.badge, .removed), .title(problem)) { "invalid" }
        }
      }
      HTML(.td, .cssClass(.number), .title(counted(module.size, "byte"))) { byteCount(module.size) }
    }
  }

  private static func changes(_ comparison: InterfaceComparison) -> HTML {
    let features = comparison.newFeatures.featureNames
    var part = HTML(.p) {
      HTML(.span, .cssClass(.badge, comparison.verdict.cssClass)) { comparison.verdict.rawValue }
      " "
      comparison.verdict.meaning
    }
    if !comparison.isComplete {
      part.append(HTML(.p, .cssClass(.note)) { "The interfaces are too large to compare completely." })
    }
    if !features.isEmpty {
      part.append(HTML(.p) { "New features: " + features.joined(separator: ", ") + "." })
    }
    guard !comparison.changes.isEmpty else {
      part.append(HTML(.p) { "The interface is the same." })
      return part
    }
    part.append(
      HTML.table(["Change", "Of", "Name", "Type", "Weight"]) {
        for change in comparison.changes.prefix(RowLimit.many) { row(change) }
      })
    RowLimit.rest(of: comparison.changes.count, after: RowLimit.many, "change").map { text in
      part.append(HTML(.p, .cssClass(.muted)) { "… \(text); wasmstore compare shows all." })
    }
    return part
  }

  private static func row(_ change: InterfaceChange) -> HTML {
    HTML(.tr) {
      HTML(.td) { HTML(.span, .cssClass(.badge, change.action.cssClass)) { change.action.rawValue } }
      HTML(.td) { change.subject.rawValue }
      HTML(.td) { HTML(.code) { change.shownName } }
      HTML(.td) {
        if let old = change.old { HTML(.code, .cssClass(.removed)) { TextLimit.type(old) } }
        if change.old != nil, change.new != nil { " → " }
        if let new = change.new { HTML(.code, .cssClass(.added)) { TextLimit.type(new) } }
      }
      HTML(.td) { HTML(.span, .cssClass(.badge, change.severity.cssClass)) { change.severity.rawValue } }
    }
  }
}

extension ChangeSeverity {
  fileprivate var cssClass: HTML.CSSClass {
    switch self {
    case .patch: .patch
    case .minor: .minor
    case .major: .major
    }
  }

  /// The meaning for users of the module.
  fileprivate var meaning: String {
    switch self {
    case .patch: "The interface has no visible change."
    case .minor: "Every user and host of the old module can use the new one."
    case .major: "A user or a host of the old module may fail with the new one."
    }
  }
}

extension InterfaceChange.Action {
  fileprivate var cssClass: HTML.CSSClass {
    switch self {
    case .added: .added
    case .removed: .removed
    case .changed, .version: .updated
    }
  }
}
