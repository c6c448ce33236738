internal import FileSystem
internal import ModuleStore
internal import SystemPackage

/// The kind of the entry at a path of the file system; links are followed.
enum FileKind {
  case missing, file, directory, special

  /// Reads the kind of the entry.
  ///
  /// - Throws: `StoreError.source` if it cannot be determined.
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
