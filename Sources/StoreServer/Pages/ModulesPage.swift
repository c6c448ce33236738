internal import ModuleStore

/// The page of a folder on a branch or tag: its folders, and its modules with sizes and kinds.
struct ModulesPage {
  let document: HTML

  private static let size = 500

  init(_ request: PageRequest, _ context: PageContext) throws(PageFailure) {
    let folder = try request.path()
    guard context.scope.containsPart(of: folder) else { throw .notFound }
    let contents = try FolderContents(of: folder, in: context)
    guard folder == nil || !contents.rows.isEmpty else { throw .notFound }
    let paging = try Paging(request, size: Self.size, of: context.address(.modules, folder))
    let title = folder?.description ?? context.text
    document = PageLayout(title: title, context: context, kind: .modules).document {
      context.crumbs(folder)
      HTML(.h1) { folder?.name ?? "Modules" }
      if contents.rows.isEmpty {
        HTML(.p) { "There are no modules here." }
      } else {
        HTML(.p, .cssClass(.muted)) {
          counted(contents.count, "module")
          ", \(byteCount(contents.bytes)). "
          if let folder { HTML(.a, .href(context.address(.history, folder))) { "History of this folder" } }
        }
        HTML.list(["Name", "Kind", .number("Size"), "SHA-256"]) {
          for row in paging.slice(contents.rows) { row.html(in: context, folder) }
        }
        paging.links(count: contents.rows.count)
      }
    }
  }
}

/// The entries of one folder.
///
/// The modules of each subfolder are summed up.
private struct FolderContents {
  /// The folders, then the modules, each sorted by name.
  let rows: [Row]
  /// The number of modules, including all subfolders.
  let count: Int
  /// The total size of the modules in bytes.
  let bytes: Int

  enum Row {
    case folder(name: String, count: Int, bytes: Int)
    case module(name: String, ListEntry)
  }

  init(of folder: ModulePath?, in context: PageContext) throws(PageFailure) {
    var request = ListRequest()
    request.revision = context.commit.hex
    request.pattern = folder.map { FolderContents.pattern(below: $0) }
    let entries = try translatingErrors { () throws(StoreError) in try context.session.list(request) }
    let start = (folder?.description.utf8.count ?? 0) + 1
    var (folders, modules): ([Row], [Row]) = ([], [])
    var open: (name: ArraySlice<UInt8>, count: Int, bytes: Int)?
    var (count, bytes) = (0, 0)
    func close() {
      guard let folder = open else { return }
      let name = String(decoding: folder.name, as: UTF8.self)
      folders.append(.folder(name: name, count: folder.count, bytes: folder.bytes))
      open = nil
    }
    for entry in entries where entry.path.bytes.count > start && context.scope.contains(entry.path) {
      let rest = entry.path.bytes[start...]
      count += 1
      bytes += entry.size ?? 0
      if let slash = rest.firstIndex(of: UInt8(ascii: "/")) {
        if open?.name != rest[..<slash] {
          close()
          open = (rest[..<slash], 0, 0)
        }
        open?.count += 1
        open?.bytes += entry.size ?? 0
      } else {
        modules.append(.module(name: String(decoding: rest, as: UTF8.self), entry))
      }
    }
    close()
    (rows, self.count, self.bytes) = (folders + modules, count, bytes)
  }

  /// Returns the pattern for everything below a folder.
  ///
  /// Wildcards in the folder's name are escaped.
  private static func pattern(below folder: ModulePath) -> String {
    let path = folder.description
    guard path.utf8.contains(where: { "*?[".utf8.contains($0) }) else { return path }
    var pattern = ""
    for scalar in path.unicodeScalars {
      if "*?[\\".unicodeScalars.contains(scalar) { pattern += "\\" }
      pattern.unicodeScalars.append(scalar)
    }
    return pattern + "/**"
  }
}

extension FolderContents.Row {
  fileprivate func html(in context: PageContext, _ folder: ModulePath?) -> HTML {
    switch self {
    case .folder(let name, let count, let bytes):
      return HTML(.tr) {
        HTML(.td, .cssClass(.path)) { link(.modules, name + "/", name, context, folder) }
        HTML(.td, .cssClass(.muted)) { counted(count, "module") }
        HTML(.td, .cssClass(.number)) { byteCount(bytes) }
        HTML(.td)
      }
    case .module(let name, let entry):
      return HTML(.tr) {
        HTML(.td, .cssClass(.path)) { link(.module, name, name, context, folder) }
        HTML(.td) {
          entry.kind.rawValue
          if let problem = entry.problem {
            " "
            HTML(.span, .cssClass(.badge, .removed), .title(problem)) { "invalid" }
          }
        }
        HTML(.td, .cssClass(.number), .title(counted(entry.size ?? 0, "byte"))) { byteCount(entry.size ?? 0) }
        HTML(.td) { HTML.hash(entry.digest) }
      }
    }
  }

  private func link(
    _ kind: PageRequest.Kind, _ text: String, _ name: String, _ context: PageContext, _ folder: ModulePath?
  ) -> HTML {
    HTML(.a, .href(context.address(kind, steps: (folder?.steps ?? []) + [name]))) { text }
  }
}
