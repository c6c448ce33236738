internal import Glibc
public import SystemPackage

/// Where the bytes of a module come from, and where they go.
public struct ModuleSource: Hashable, Sendable {
  /// The places that bytes come from.
  public enum Origin: Hashable, Sendable {
    case file(FilePath)
    case standardInput
  }

  /// Where the bytes come from.
  public let origin: Origin
  /// The path that is to hold them.
  public let path: ModulePath
  /// Whether it is passed over where it does not begin as a WebAssembly binary, as what lies in a folder is.
  public let isOptional: Bool

  /// Makes a source from its parts.
  public init(_ origin: Origin, path: ModulePath, isOptional: Bool = false) {
    self.origin = origin
    self.path = path
    self.isOptional = isOptional
  }

  /// What messages call it.
  public var name: String { origin.name }

  /// Opens the bytes.
  ///
  /// - Throws: `StoreError.source`.
  func open() throws(StoreError) -> FileDescriptor { try origin.open() }

  /// Whether somebody may still be writing the bytes, so that reading them may take any time.
  var isStream: Bool {
    switch origin {
    case .file(let path): FileStatus(path)?.kind == .other
    case .standardInput: FileStatus(FileDescriptor.standardInput)?.kind != .file
    }
  }
}

extension ModuleSource.Origin {
  /// Tells whether it is a file that is there.
  public var isFile: Bool {
    guard case .file(let path) = self else { return false }
    return FileStatus(path)?.kind == .file
  }

  /// What errors call it.
  var name: String {
    switch self {
    case .file(let path): path.string
    case .standardInput: "standard input"
    }
  }

  /// Opens the bytes.
  ///
  /// - Throws: `StoreError.source`.
  func open() throws(StoreError) -> FileDescriptor {
    switch self {
    case .standardInput:
      let copy = dup(STDIN_FILENO)
      guard copy >= 0 else { throw .source(path: name, reason: String(cString: strerror(errno))) }
      return FileDescriptor(rawValue: copy)
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
      guard let status = FileStatus(path) else {
        throw .source(path: path.string, reason: String(cString: strerror(errno)))
      }
      if status.kind == .directory {
        try find(in: path, steps: [], below: prefix)
      } else {
        let name = path.lastComponent?.string ?? path.string
        sources.append(ModuleSource(.file(path), path: try ModulePath(name).below(prefix)))
      }
    }
    sources.sort { $0.path < $1.path }
    try dropOthersFromSharedPlaces()
  }

  private mutating func find(in folder: FilePath, steps: [String], below prefix: ModulePath?)
    throws(StoreError)
  {
    guard access(folder.string, R_OK | X_OK) == 0 else {
      throw .source(path: folder.string, reason: String(cString: strerror(errno)))
    }
    let found: [FolderEntry]
    do { found = try entries(in: folder) } catch {
      throw .source(path: folder.string, reason: error.description)
    }
    for entry in found.sorted(by: { $0.name < $1.name }) where entry.name != ".git" {
      let path = folder.appending(entry.name)
      let mayBeRepaired = entry.name.unicodeScalars.contains("\u{fffd}")
      let known = mayBeRepaired ? nil : entry.kind
      guard let kind = known ?? FileStatus(path, followingLinks: false)?.kind else {
        // The name was repaired when it was read, so nothing answers to it; a file that just went is passed over.
        guard !mayBeRepaired else {
          throw .source(path: path.string, reason: "its name is not valid UTF-8")
        }
        continue
      }
      switch kind {
      case .directory: try find(in: path, steps: steps + [entry.name], below: prefix)
      case .file: try consider(path, steps: steps + [entry.name], below: prefix)
      case .symlink where FileStatus(path)?.kind == .file:
        try consider(path, steps: steps + [entry.name], below: prefix)
      case .symlink, .other: skipped.append(path)
      }
    }
  }

  /// Takes a file from a folder; one whose name makes no path must not be a module.
  private mutating func consider(_ path: FilePath, steps: [String], below prefix: ModulePath?)
    throws(StoreError)
  {
    do throws(StoreError) {
      let place = try ModulePath(steps.joined(separator: "/")).below(prefix)
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
    do {
      let file = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec])
      return try file.closeAfter {
        var start = [UInt8](repeating: 0, count: ModuleMagic.bytes.count)
        let count = try fill(&start, from: file)
        return start.prefix(count) == ModuleMagic.bytes[...]
      }
    } catch {
      throw .source(path: path.string, reason: "\((error as? Errno) ?? .ioError)")
    }
  }
}
