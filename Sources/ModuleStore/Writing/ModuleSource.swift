internal import FileSystem
internal import Glibc
public import SystemPackage

/// The origin of a module's bytes, and their path in the store.
public struct ModuleSource: Hashable, Sendable {
  /// The kinds of origins.
  public enum Origin: Hashable, Sendable {
    case file(FilePath)
    case standardInput
    /// A module that was already received.
    case received(SpooledModule)
  }

  /// The origin of the bytes.
  public let origin: Origin
  /// The path for the module.
  public let path: ModulePath
  /// Whether the source is skipped if it does not begin like a WebAssembly binary, as for files found in a folder.
  public let isOptional: Bool
  /// The name in messages, if the origin has none.
  var label: String?

  /// Makes a source from its parts.
  public init(_ origin: Origin, path: ModulePath, isOptional: Bool = false) {
    self.origin = origin
    self.path = path
    self.isOptional = isOptional
  }

  /// The name in messages.
  public var name: String { label ?? origin.name }

  /// Opens the bytes.
  ///
  /// - Throws: `StoreError.source`.
  func open() throws(StoreError) -> FileDescriptor { try origin.open() }

  /// Whether another program may still write the bytes, so that reading them may take any time.
  var isStream: Bool {
    // If the status cannot be read, the bytes cannot either; opening them reports the reason.
    switch origin {
    case .file(let path): (try? FileStatus(path))?.kind == .other
    case .standardInput: (try? FileStatus(FileDescriptor.standardInput))?.kind != .file
    case .received: true
    }
  }
}

extension ModuleSource.Origin {
  /// Returns whether it is an existing file.
  ///
  /// - Throws: `StoreError.source` if this cannot be determined.
  public func isFile() throws(StoreError) -> Bool {
    guard case .file(let path) = self else { return false }
    do throws(FileError) { return try FileStatus(path)?.kind == .file } catch { throw .source(error) }
  }

  /// The name in errors.
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
    case .received: throw .source(path: name, reason: "it has already been read")
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

/// The module files that were found among files and folders.
public struct FoundSources: Sendable {
  /// The files, sorted by their paths in the store; those from folders are optional.
  public var sources: [ModuleSource] = []
  /// Entries of folders that are not files.
  public var skipped: [FilePath] = []

  /// Finds the files among files and, recursively, folders.
  ///
  /// A named file must be a module; in a folder, everything else is skipped when it is read. Links to files are
  /// followed, links to folders are not, so there are no cycles. Files in a folder keep their path below that folder.
  ///
  /// - Throws: `StoreError.source` if a file is missing or unreadable, `.invalidPath` if a module's name is not a valid
  ///   path, or two modules would get the same path.
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

  /// Returns whether a link leads to a file, and not to a cycle, to nothing or to another kind of entry.
  private func leadsToFile(_ link: FilePath) throws(StoreError) -> Bool {
    do throws(FileError) { return try FileStatus(link)?.kind == .file } catch {
      if error.reason == .tooManySymbolicLinkLevels { return false }
      throw .source(error)
    }
  }

  /// Adds a file from a folder; a file whose name is not a valid path must not be a module.
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

  /// If several files would get the same path, removes those that are not modules.
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
