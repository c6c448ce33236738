internal import Catalog
internal import FileSystem
internal import Glibc
internal import SQLite
internal import SystemPackage

extension Store {
  /// Opens the catalog of the highest generation, or creates the next one if it is damaged.
  func openCatalog(note: (Note) -> Void) -> ModuleCatalog? {
    let isWritable = mayWrite(into: layout.root)
    let generation: Int
    do throws(FileError) { generation = try catalogGenerations().max() ?? 1 } catch {
      note(.catalogUnavailable(error.description))
      return nil
    }
    do {
      return try ModuleCatalog(
        at: layout.catalog(generation: generation), writable: isWritable, for: catalogUse)
    } catch {
      switch error.code {
      case .damaged, .otherVersion:
        return isWritable ? beginCatalog(generation: generation + 1, note: note) : nil
      case .busy, .unavailable, .failed:
        if isWritable { note(.catalogUnavailable(error.message)) }
        return nil
      }
    }
  }

  /// Creates a new generation after a catalog that was found to be damaged while in use.
  func restartCatalog(after catalog: ModuleCatalog, note: (Note) -> Void) -> ModuleCatalog? {
    guard catalog.isWritable else { return nil }
    do throws(FileError) {
      let generation = (try catalogGenerations().max() ?? 1) + 1
      return beginCatalog(generation: generation, note: note)
    } catch {
      note(.catalogUnavailable(error.description))
      return nil
    }
  }

  /// Creates the catalog of a generation.
  func beginCatalog(generation: Int, note: (Note) -> Void) -> ModuleCatalog? {
    let path = layout.catalog(generation: generation)
    note(.catalogRestarted(path.string))
    do { return try ModuleCatalog(at: path, writable: true, for: catalogUse) } catch {
      note(.catalogUnavailable(error.message))
      return nil
    }
  }

  /// The generations that have a file.
  func catalogGenerations() throws(FileError) -> [Int] {
    try names(in: layout.root).compactMap { name in
      guard name.hasPrefix("catalog-"), name.hasSuffix(".db") else { return nil }
      return Int(name.dropFirst("catalog-".count).dropLast(".db".count))
    }
  }

  private var catalogUse: ModuleCatalog.Use { options.keepsConnections ? .lasting : .brief }
}
