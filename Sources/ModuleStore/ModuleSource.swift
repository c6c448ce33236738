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

  /// Makes a source from its parts.
  public init(_ origin: Origin, path: ModulePath) {
    self.origin = origin
    self.path = path
  }

  /// What errors call it.
  var name: String {
    switch origin {
    case .file(let path): path.string
    case .standardInput: "standard input"
    }
  }

  /// Opens the bytes.
  ///
  /// - Throws: `StoreError.source`.
  func open() throws(StoreError) -> FileDescriptor {
    switch origin {
    case .standardInput:
      let copy = dup(STDIN_FILENO)
      guard copy >= 0 else { throw .source(path: name, reason: String(cString: strerror(errno))) }
      return FileDescriptor(rawValue: copy)
    case .file(let path):
      if FileStatus(path)?.kind == .directory {
        throw .source(path: name, reason: "it is a directory")
      }
      do {
        return try FileDescriptor.open(path, .readOnly, options: [.closeOnExec])
      } catch {
        throw .source(path: name, reason: "\((error as? Errno) ?? .ioError)")
      }
    }
  }
}

/// The modules that were found among files and folders.
public struct FoundSources: Sendable {
  /// The modules, in the order of their paths in the store.
  public var sources: [ModuleSource] = []
  /// Files in folders that do not begin as a WebAssembly binary.
  public var skipped: [FilePath] = []

  /// Finds the modules among files and, recursively, folders.
  ///
  /// A file that is named must be a module; in a folder everything else is passed over. Links to files are
  /// followed, links to folders are not, so there is no way round in a circle. What lies in a folder keeps
  /// its place below that folder.
  ///
  /// - Throws: `StoreError.source` where something is missing or unreadable, `.invalidPath` where a name
  ///   makes no path.
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
  }

  private mutating func find(in folder: FilePath, steps: [String], below prefix: ModulePath?)
    throws(StoreError)
  {
    guard access(folder.string, R_OK | X_OK) == 0 else {
      throw .source(path: folder.string, reason: String(cString: strerror(errno)))
    }
    for name in names(in: folder).sorted() where name != ".git" {
      let path = folder.appending(name)
      guard let status = FileStatus(path, followingLinks: false) else {
        // The name was repaired when it was read, so nothing answers to it; a file that just went is passed over.
        guard !name.unicodeScalars.contains("\u{fffd}") else {
          throw .source(path: path.string, reason: "its name is not valid UTF-8")
        }
        continue
      }
      switch status.kind {
      case .directory: try find(in: path, steps: steps + [name], below: prefix)
      case .file: try consider(path, steps: steps + [name], below: prefix)
      case .symlink where FileStatus(path)?.kind == .file:
        try consider(path, steps: steps + [name], below: prefix)
      case .symlink, .other: skipped.append(path)
      }
    }
  }

  private mutating func consider(_ path: FilePath, steps: [String], below prefix: ModulePath?)
    throws(StoreError)
  {
    do {
      let file = try FileDescriptor.open(path, .readOnly, options: [.closeOnExec])
      let isModule = try file.closeAfter {
        var start = [UInt8](repeating: 0, count: ModuleMagic.bytes.count)
        let count = try fill(&start, from: file)
        return start.prefix(count) == ModuleMagic.bytes[...]
      }
      guard isModule else { return skipped.append(path) }
    } catch {
      throw .source(path: path.string, reason: "\((error as? Errno) ?? .ioError)")
    }
    let place = try ModulePath(steps.joined(separator: "/")).below(prefix)
    sources.append(ModuleSource(.file(path), path: place))
  }
}
