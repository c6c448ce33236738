internal import HTTPServing
internal import Identifiers
internal import ModuleStore
internal import Wasm

/// The page of a module: its imports, exports and sections.
struct ModulePage {
  let document: HTML

  init(_ request: PageRequest, _ context: PageContext) throws(PageFailure) {
    let path = try request.existingPath()
    guard context.scope.contains(path) else { throw .notFound }
    let module = try translatingErrors { () throws(StoreError) in
      try context.session.inspect(at: path, in: context.commit)
    }
    let comparison = try Self.comparison(of: path, in: context)
    document = PageLayout(title: path.description, context: context).document {
      context.crumbs(path)
      HTML(.h1) { path.name }
      HTML(.p) {
        HTML(.a, .href(context.address(.history, path))) { "History" }
        if let comparison {
          " · "
          HTML(.a, .href(comparison)) { "Changes since the previous version" }
        }
      }
      Self.facts(module, path, context)
      if let description = module.description {
        if description.encoding == .core {
          Self.imports(description)
          Self.exports(description)
          for world in description.worlds { Self.world(world) }
        } else if let package = description.package {
          Self.listing { package.write(to: &$0) }
        } else {
          Self.world(
            WorldDescription(name: "", imports: description.imports, exports: description.exports))
        }
        Self.sections(description)
      }
    }
  }

  /// Returns the address of the comparison with the version before; nil if there is no such version.
  private static func comparison(
    of path: ModulePath, in context: PageContext
  ) throws(PageFailure) -> PageAddress? {
    guard case .branch = context.name, context.commit == context.head else { return nil }
    do throws(StoreError) {
      let versions = try context.session.versions(of: path, repeating: true).suffix(2)
      guard let old = versions.first, let new = versions.last, old.commit != new.commit else { return nil }
      return context.address(comparing: path, old.commit, new.commit)
    } catch .moduleNotFound {
      // The branch has no version of the path, so there is nothing to compare with.
      return nil
    } catch {
      throw PageFailure(error)
    }
  }

  private static func facts(_ module: InspectedModule, _ path: ModulePath, _ context: PageContext) -> HTML {
    // `module.paths` is for the current commit of the branch.
    let isCurrent = context.name == .branch(context.session.branch) && context.commit == context.head
    let others = isCurrent ? module.paths.filter { $0 != path && context.scope.contains($0) } : []
    return HTML(.dl, .cssClass(.facts)) {
      HTML.fact("SHA-256") { HTML(.code, .cssClass(.hash)) { module.digest.hex } }
      HTML.fact("Kind") { module.kind == .core ? "core module" : module.kind.rawValue }
      HTML.fact("Size") { "\(byteCount(module.size)) (\(counted(module.size, "byte")))" }
      if let problem = module.problem {
        HTML.fact("Invalid") { HTML(.span, .cssClass(.removed)) { problem } }
      }
      if let description = module.description { facts(description) }
      if !others.isEmpty {
        HTML.fact("Also at") {
          HTML(.ul) {
            for path in others.prefix(RowLimit.few) {
              HTML(.li) { HTML(.a, .href(context.address(.module, path))) { path.spelled } }
            }
            RowLimit.rest(of: others.count, after: RowLimit.few, "path").map { text in HTML(.li) { text } }
          }
        }
      }
    }
  }

  private static func facts(_ description: ModuleDescription) -> HTML {
    var facts = HTML()
    func add(_ name: String, _ texts: [String]) {
      guard !texts.isEmpty else { return }
      facts.append(HTML.fact(name) { texts.joined(separator: ", ") })
    }
    add("Name", [description.name].compactMap { $0 })
    add("Features", description.features.featureNames)
    add(
      "Made by",
      description.producers.map { $0.version.isEmpty ? $0.name : "\($0.name) \($0.version)" })
    add(
      "Functions", description.definedFunctions > 0 ? [grouped(description.definedFunctions)] : []
    )
    add("Memories", description.memories.map { ExternalType.memory($0).text(in: .core) })
    add("Tables", description.tables.map { ExternalType.table($0).text(in: .core) })
    if !description.isComplete { add("Note", ["too large to be described completely"]) }
    if description.isRelocatable {
      add("Note", ["a relocatable object file, which must be linked before it can run"])
    }
    return facts
  }

  private static func imports(_ description: ModuleDescription) -> HTML? {
    guard !description.imports.isEmpty else { return nil }
    var part = HTML(.h2) { "Imports" }
    part.append(
      HTML.table(["Module", "Name", "Type"]) {
        for item in description.imports.prefix(RowLimit.many) {
          HTML(.tr) {
            HTML(.td) { HTML(.code) { item.module ?? "" } }
            HTML(.td) { HTML(.code) { item.name } }
            HTML(.td) { HTML(.code) { TextLimit.type(item.type.text(in: .core)) } }
          }
        }
      })
    RowLimit.note(description.imports.count, "import").map { part.append($0) }
    return part
  }

  private static func exports(_ description: ModuleDescription) -> HTML? {
    guard !description.exports.isEmpty else { return nil }
    var part = HTML(.h2) { "Exports" }
    part.append(
      HTML.table(["Name", "Type"]) {
        for item in description.exports.prefix(RowLimit.many) {
          HTML(.tr) {
            HTML(.td) { HTML(.code) { item.name } }
            HTML(.td) { HTML(.code) { TextLimit.type(item.type.text(in: .core)) } }
          }
        }
      })
    RowLimit.note(description.exports.count, "export").map { part.append($0) }
    return part
  }

  /// Returns the imports and exports of a component in the style of WIT.
  private static func world(_ world: WorldDescription) -> HTML { listing { world.write(to: &$0) } }

  /// Returns a listing in the style of WIT.
  ///
  /// `write` appends its UTF-8.
  private static func listing(_ write: (inout [UInt8]) -> Void) -> HTML {
    var text: [UInt8] = []
    write(&text)
    let lines = text.split(separator: 0x0a, omittingEmptySubsequences: false)
    let shown = lines.prefix(RowLimit.many).map { String(decoding: $0, as: UTF8.self) }
    var part = HTML(.h2) { "Interface" }
    part.append(HTML(.pre) { HTML(.code) { shown.joined(separator: "\n") } })
    RowLimit.note(lines.count, "line").map { part.append($0) }
    return part
  }

  private static func sections(_ description: ModuleDescription) -> HTML? {
    guard !description.sections.isEmpty else { return nil }
    var part = HTML(.h2) { "Sections" }
    part.append(
      HTML.table(["Name", .number("Bytes"), .number("Entries")]) {
        for section in description.sections.prefix(RowLimit.many) {
          HTML(.tr) {
            HTML(.td) {
              section.name
              if section.isCustom { HTML(.span, .cssClass(.muted)) { " (custom)" } }
            }
            HTML(.td, .cssClass(.number), .title(byteCount(section.size))) { String(section.size) }
            HTML(.td, .cssClass(.number)) { section.count.map { String($0) } ?? "" }
          }
        }
      })
    RowLimit.note(description.sections.count, "section").map { part.append($0) }
    return part
  }
}
