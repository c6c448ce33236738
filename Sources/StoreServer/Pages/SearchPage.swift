internal import ModuleStore
internal import Synchronization

/// The page with a search form for modules, and the modules found.
struct SearchPage {
  let document: HTML

  private static let size = 200

  /// The fields of the form.
  private struct Query {
    var path: String?
    var imports: String?
    var exports: String?
    var kind: String?

    var fields: [(name: String, value: String?)] {
      [("path", path), ("import", imports), ("export", exports), ("kind", kind)]
    }
    var isEmpty: Bool { fields.allSatisfy { $0.value == nil } }
  }

  private static let kinds: [(word: String, kind: EntryKind)] = [("core", .core), ("component", .component)]

  init(_ request: PageRequest, _ context: PageContext) throws(PageFailure) {
    let query = Query(
      path: try request.value("path"), imports: try request.value("import"),
      exports: try request.value("export"), kind: try request.value("kind"))
    let rev = context.commit == context.head ? nil : context.commit.hex
    let base: [(name: String, value: String?)] = [context.field, ("rev", rev)]
    let address = PageAddress([PageRequest.Kind.search.rawValue], base + query.fields)
    let paging = try Paging(request, size: Self.size, of: address)
    let (found, isPartial) = query.isEmpty ? ([], false) : try Self.search(query, context)
    document = PageLayout(title: "Search", context: context, kind: .search).document {
      HTML(.h1) { "Search" }
      Self.form(query, hidden: base)
      if isPartial {
        HTML(.p, .cssClass(.note)) {
          "Some modules are too large to be described completely. They may match too."
        }
      }
      if !query.isEmpty {
        HTML(.h2) { found.isEmpty ? "Nothing found" : counted(found.count, "module") }
      }
      if !found.isEmpty {
        HTML.list(["Path", "Kind", .number("Size"), "SHA-256"]) {
          for module in paging.slice(found) { Self.row(module.entry, context) }
        }
        paging.links(count: found.count)
      }
    }
  }

  private static func search(
    _ query: Query, _ context: PageContext
  ) throws(PageFailure) -> ([FoundModule], Bool) {
    var request = SearchRequest()
    request.revision = context.commit.hex
    request.paths = [query.path].compactMap { $0 }
    request.imports = [query.imports].compactMap { $0 }.map { GlobPattern($0) }
    request.exports = [query.exports].compactMap { $0 }.map { GlobPattern($0) }
    if let word = query.kind {
      guard let kind = kinds.first(where: { $0.word == word })?.kind else {
        throw PageFailure(.badRequest, "kind must be core or component, not '\(word)'")
      }
      request.kinds = [kind]
    }
    let partial = PartialAnswer()
    var session = context.session
    let note = session.work.note
    session.work.note = { message in
      if case .incompletelyKnown = message { partial.note() }
      note(message)
    }
    let found = try translatingErrors { () throws(StoreError) in try session.search(request) }
    return (found.filter { context.scope.contains($0.entry.path) }, partial.isNoted)
  }

  private static func form(_ query: Query, hidden: [(name: String, value: String?)]) -> HTML {
    HTML(.form, .cssClass(.search), .action(PageAddress([PageRequest.Kind.search.rawValue]))) {
      for field in hidden {
        if let value = field.value { HTML(.input, .type("hidden"), .name(field.name), .value(value)) }
      }
      input("import", "Imports", query.imports, "wasi_snapshot_preview1.*")
      input("export", "Exports", query.exports, "run")
      input("path", "Path", query.path, "plugins or *.wasm")
      HTML(.div) {
        HTML(.label, .labels("kind")) { "Kind" }
        HTML(.select, .id("kind"), .name("kind")) {
          HTML(.option, .value("")) { "any" }
          for (word, _) in kinds {
            if word == query.kind {
              HTML(.option, .value(word), .selected) { word }
            } else {
              HTML(.option, .value(word)) { word }
            }
          }
        }
      }
      HTML(.button, .type("submit")) { "Search" }
    }
  }

  private static func input(_ name: String, _ label: String, _ value: String?, _ example: String) -> HTML {
    HTML(.div) {
      HTML(.label, .labels(name)) { label }
      HTML(
        .input, .id(name), .type("search"), .name(name), .value(value ?? ""), .placeholder(example), .verbatim
      )
    }
  }

  private static func row(_ entry: ListEntry, _ context: PageContext) -> HTML {
    let steps = entry.path.bytes.split(separator: UInt8(ascii: "/")).map {
      String(decoding: $0, as: UTF8.self)
    }
    return HTML(.tr) {
      HTML(.td, .cssClass(.path)) {
        HTML(.a, .href(context.address(.module, steps: steps))) { entry.path.spelled }
      }
      HTML(.td) { entry.kind.rawValue }
      HTML(.td, .cssClass(.number), .title(counted(entry.size ?? 0, "byte"))) { byteCount(entry.size ?? 0) }
      HTML(.td) { HTML.hash(entry.digest) }
    }
  }
}

/// A flag that a search sets if its result may be incomplete.
private final class PartialAnswer: Sendable {
  private let state = Mutex(false)

  var isNoted: Bool { state.withLock { $0 } }

  func note() { state.withLock { $0 = true } }
}
