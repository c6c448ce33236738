internal import FileSystem
internal import Glibc
public import SystemPackage

/// Where the bytes of a module come from, and where they go.
public struct ModuleSource: Hashable, Sendable {
  /// The places that bytes come from.
  public enum Origin: Hashable, Sendable {
    case file(FilePath)
    case standardInput
    /// It was received already.
    case received(SpooledModule)
  }

  /// Where the bytes come from.
  public let origin: Origin
  /// The path that is to hold them.
  public let path: ModulePath
  /// Whether it is passed over where it does not begin as a WebAssembly binary, as what lies in a folder is.
  public let isOptional: Bool
  /// What messages call it, where the place of the bytes says nothing.
  var label: String?

  /// Makes a source from its parts.
  public init(_ origin: Origin, path: ModulePath, isOptional: Bool = false) {
    self.origin = origin
    self.path = path
    self.isOptional = isOptional
  }

  /// What messages call it.
  public var name: String { label ?? origin.name }

  /// Opens the bytes.
  ///
  /// - Throws: `StoreError.source`.
  func open() throws(StoreError) -> FileDescriptor { try origin.open() }

  /// Whether somebody may still be writing the bytes, so that reading them may take any time.
  var isStream: Bool {
    // What cannot be examined cannot be read either; whoever opens it is told why.
    switch origin {
    case .file(let path): (try? FileStatus(path))?.kind == .other
    case .standardInput: (try? FileStatus(FileDescriptor.standardInput))?.kind != .file
    case .received: true
    }
  }
}

extension ModuleSource.Origin {
  /// Tells whether it is a file that is there.
  ///
  /// - Throws: `StoreError.source` where that cannot be told.
  public func isFile() throws(StoreError) -> Bool {
    guard case .file(let path) = self else { return false }
    do throws(FileError) { return try FileStatus(path)?.kind == .file } catch { throw .source(error) }
  }

  /// What errors call it.
  var name: String {
    switch self {
    case .file(let path): path.string
    case .standardInput: "standard input"
    case .received(let module): module.name
    }
  }

  /// Opens the bytes.
  ///
  /// - Throws: `StoreError.source`.
  func open() throws(StoreError) -> FileDescriptor {
    switch self {
    case .received: throw .source(path: name, reason: "it was read already")
    case .standardInput:
      do { return try FileDescriptor.standardInput.duplicate() } catch {
        throw .source(path: name, reason: "\((error as? Errno) ?? .ioError)")
      }
    case .file(let path):
      do {
        return try FileDescriptor.open(path, .readOnly, options: [.closeOnExec])
      } catch {
        throw .source(path: name, reason: "\((error as? Errno) ?? .ioError)")
      }
    }
  }
}

/// The files that were found among files and folders.
public struct FoundSources: Sendable {
  /// The files, in the order of their paths in the store; those from folders are optional.
  public var sources: [ModuleSource] = []
  /// What lies in folders and is no file.
  public var skipped: [FilePath] = []

  /// Finds the files among files and, recursively, folders.
  ///
  /// A file that is named must be a module; in a folder everything else is passed over when it is read. Links to
  /// files are followed, links to folders are not, so there is no way round in a circle. What lies in a folder
  /// keeps its place below that folder.
  ///
  /// - Throws: `StoreError.source` where something is missing or unreadable, `.invalidPath` where a module's
  ///   name makes no path, or two modules would go to one.
  public init(among paths: [FilePath], below prefix: ModulePath?) throws(StoreError) {
    for path in paths {
      let status: FileStatus?
      do throws(FileError) { status = try FileStatus(path) } catch { throw .source(error) }
      guard let status else { throw .source(path: path.string, reason: "\(Errno.noSuchFileOrDirectory)") }
      if status.kind == .directory {
        try find(in: path, below: prefix)
      } else {
        let name = path.lastComponent?.string ?? path.string
        sources.append(ModuleSource(.file(path), path: try ModulePath(name).below(prefix)))
      }
    }
    sources.sort { $0.path < $1.path }
    try dropOthersFromSharedPlaces()
  }

  private mutating func find(in folder: FilePath, below prefix: ModulePath?) throws(StoreError) {
    try walk(folder, unreadable: { (_, error) throws(StoreError) in throw .source(error) }) {
      (entry) throws(StoreError) in
      let name = entry.path.lastComponent?.string
      guard name != ".git" else { return false }
      guard let steps = String(validating: entry.steps, as: UTF8.self) else {
        throw .source(path: entry.path.string, reason: "its name is not valid UTF-8")
      }
      switch entry.kind {
      case .directory: return true
      case .file: try consider(entry.path, steps: steps, below: prefix)
      case .symlink where try leadsToFile(entry.path): try consider(entry.path, steps: steps, below: prefix)
      case .symlink, .socket, .other: skipped.append(entry.path)
      }
      return false
    }
  }

  /// Tells whether a link leads to a file, not in a circle, to nothing or to something else.
  private func leadsToFile(_ link: FilePath) throws(StoreError) -> Bool {
    do throws(FileError) { return try FileStatus(link)?.kind == .file } catch {
      if error.reason == .tooManySymbolicLinkLevels { return false }
      throw .source(error)
    }
  }

  /// Takes a file from a folder; one whose name makes no path must not be a module.
  private mutating func consider(_ path: FilePath, steps: String, below prefix: ModulePath?)
    throws(StoreError)
  {
    do throws(StoreError) {
      let place = try ModulePath(steps).below(prefix)
      sources.append(ModuleSource(.file(path), path: place, isOptional: true))
    } catch {
      guard try !beginsAsModule(path) else { throw error }
      skipped.append(path)
    }
  }

  /// Of several files that would go to one path, leaves out those that will be passed over.
  private mutating func dropOthersFromSharedPlaces() throws(StoreError) {
    var kept: [ModuleSource] = []
    for (index, source) in sources.enumerated() {
      let isShared =
        index > 0 && sources[index - 1].path == source.path
        || index + 1 < sources.count && sources[index + 1].path == source.path
      if isShared, source.isOptional, case .file(let path) = source.origin, try !beginsAsModule(path) {
        skipped.append(path)
      } else {
        kept.append(source)
      }
    }
    sources = kept
  }

  private func beginsAsModule(_ path: FilePath) throws(StoreError) -> Bool {
    do throws(FileError) {
      return try OpenFile(path).bytes(at: 0, upTo: ModuleMagic.bytes.count) == ModuleMagic.bytes
    } catch {
      throw .source(error)
    }
  }
}
