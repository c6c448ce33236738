internal import FileSystem
internal import SystemPackage

/// Removes files from a folder that an export does not write.
///
/// Files, links, and folders that become empty are removed. A folder named `.git` is never touched.
struct FolderPruning {
  /// The files to keep, and the folders that contain them, as paths with slashes.
  private var files: Set<[UInt8]> = []
  private var folders: Set<[UInt8]> = []
  private let prefix: ModulePath?
  private let work: Work

  /// Keeps the given files; only looks below a prefix.
  init(keeping files: [ExportedFile], below prefix: ModulePath?, _ work: Work) {
    self.prefix = prefix
    self.work = work
    for file in files {
      let path = file.path.dropFirst()
      self.files.insert(Array(path))
      var rest = path
      while let slash = rest.lastIndex(of: 0x2f) {
        rest = rest[..<slash]
        guard folders.insert(Array(rest)).inserted else { break }
      }
    }
  }

  /// Prunes a folder; returns the removed paths, with leading slashes.
  func prune(_ root: ConfinedFolder) throws(StoreError) -> [RawPath] {
    var removed: [RawPath] = []
    guard let prefix else {
      _ = try prune(root, [], &removed)
      return removed
    }
    var steps: [[UInt8]] = []
    var folder = root
    for name in prefix.names.dropLast() {
      guard let next = try enter(name, of: folder) else { return [] }
      steps.append(name)
      folder = next
    }
    let last = prefix.names[prefix.names.count - 1]
    for entry in try entries(folder) where entry.bytes == last {
      _ = try prune(entry, in: folder, steps, &removed)
    }
    return removed
  }

  /// Prunes the entries of a folder; returns whether the folder is empty now.
  private func prune(
    _ folder: ConfinedFolder, _ steps: [[UInt8]], _ removed: inout [RawPath]
  ) throws(StoreError) -> Bool {
    var isEmpty = true
    for entry in try entries(folder) {
      try work.check()
      if try !prune(entry, in: folder, steps, &removed) { isEmpty = false }
    }
    return isEmpty
  }

  /// Prunes an entry of a folder; returns whether it was removed.
  private func prune(
    _ entry: FolderEntry, in folder: ConfinedFolder, _ parents: [[UInt8]], _ removed: inout [RawPath]
  ) throws(StoreError) -> Bool {
    if entry.bytes == Array(".git".utf8) { return false }
    let steps = parents + [entry.bytes]
    let path = Array(steps.joined(separator: [0x2f]))
    let kind = try translated { () throws(FileError) in
      if let kind = entry.kind { return kind }
      return try FileStatus(folder.path.appending(bytes: entry.bytes), followingLinks: false)?.kind ?? .other
    }
    let isFolder = kind == .directory
    if isFolder, let inner = try enter(entry.bytes, of: folder) {
      let isEmpty = try prune(inner, steps, &removed)
      guard isEmpty, !folders.contains(path) else { return false }
    } else if kind == .file, files.contains(path) {
      return false
    }
    try translated { () throws(FileError) in try folder.remove(entry.bytes, isFolder: isFolder) }
    if !isFolder { removed.append(RawPath(steps)) }
    return true
  }

  private func entries(_ folder: ConfinedFolder) throws(StoreError) -> [FolderEntry] {
    try translated { () throws(FileError) in try folder.entries() }
      .sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
  }

  /// Opens a folder; nil if it is missing or is not a folder.
  private func enter(_ name: [UInt8], of folder: ConfinedFolder) throws(StoreError) -> ConfinedFolder? {
    do throws(FileError) { return try folder.folder([name], making: false) } catch {
      if error.isAbsence { return nil }
      throw StoreError(error)
    }
  }
}
