internal import Catalog
internal import Glibc
internal import SQLite
internal import SystemPackage

/// Opens the catalog of the highest generation, or begins the next one where it is damaged.
func openCatalog(in layout: Layout, report: (Note) -> Void) -> ModuleCatalog? {
  let isWritable = access(layout.root.string, W_OK) == 0
  let generation = catalogGenerations(in: layout).max() ?? 1
  do {
    return try ModuleCatalog(at: layout.catalog(generation: generation), writable: isWritable)
  } catch {
    switch error.code {
    case .damaged, .otherVersion:
      return isWritable ? beginCatalog(generation: generation + 1, in: layout, report: report) : nil
    case .busy, .unavailable, .failed:
      if isWritable { report(.catalogUnavailable(error.message)) }
      return nil
    }
  }
}

/// Begins a generation after one that turned out damaged while it was in use.
func restartCatalog(after catalog: ModuleCatalog, in layout: Layout, report: (Note) -> Void) -> ModuleCatalog?
{
  guard catalog.isWritable else { return nil }
  return beginCatalog(
    generation: (catalogGenerations(in: layout).max() ?? 1) + 1, in: layout, report: report)
}

private func beginCatalog(generation: Int, in layout: Layout, report: (Note) -> Void) -> ModuleCatalog? {
  let path = layout.catalog(generation: generation)
  report(.catalogRestarted(path.string))
  return try? ModuleCatalog(at: path, writable: true)
}

/// The generations whose files are there.
func catalogGenerations(in layout: Layout) -> [Int] {
  names(in: layout.root).compactMap { name in
    guard name.hasPrefix("catalog-"), name.hasSuffix(".db") else { return nil }
    return Int(name.dropFirst("catalog-".count).dropLast(".db".count))
  }
}
