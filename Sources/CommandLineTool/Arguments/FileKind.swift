internal import FileSystem
internal import ModuleStore
internal import SystemPackage

/// What stands at a path of the file system, links followed.
enum FileKind {
  case missing, file, directory, special

  /// Looks what is there.
  ///
  /// - Throws: `StoreError.source` where that cannot be told.
  init(_ path: String) throws(StoreError) {
    let status: FileStatus?
    do throws(FileError) { status = try FileStatus(FilePath(path)) } catch {
      throw .source(path: path, reason: "\(error.reason)")
    }
    switch status?.kind {
    case nil: self = .missing
    case .file: self = .file
    case .directory: self = .directory
    case .symlink, .socket, .other: self = .special
    }
  }
}
