internal import Catalog
internal import FileSystem
internal import Glibc
internal import SQLite
internal import SystemPackage

/// Opens the catalog of the highest generation, or begins the next one where it is damaged.
func openCatalog(in layout: Layout, report: (Note) -> Void) -> ModuleCatalog? {
  let isWritable = mayWrite(into: layout.root)
  let generation: Int
  do throws(FileError) { generation = try catalogGenerations(in: layout).max() ?? 1 } catch {
    report(.catalogUnavailable(error.description))
    return nil
  }
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
  do throws(FileError) {
    let generation = (try catalogGenerations(in: layout).max() ?? 1) + 1
    return beginCatalog(generation: generation, in: layout, report: report)
  } catch {
    report(.catalogUnavailable(error.description))
    return nil
  }
}

private func beginCatalog(generation: Int, in layout: Layout, report: (Note) -> Void) -> ModuleCatalog? {
  let path = layout.catalog(generation: generation)
  report(.catalogRestarted(path.string))
  do { return try ModuleCatalog(at: path, writable: true) } catch {
    report(.catalogUnavailable(error.message))
    return nil
  }
}

/// The generations whose files are there.
func catalogGenerations(in layout: Layout) throws(FileError) -> [Int] {
  try names(in: layout.root).compactMap { name in
    guard name.hasPrefix("catalog-"), name.hasSuffix(".db") else { return nil }
    return Int(name.dropFirst("catalog-".count).dropLast(".db".count))
  }
}
