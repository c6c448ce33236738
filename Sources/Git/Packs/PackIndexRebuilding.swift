internal import Clibgit2
internal import FileSystem
internal import Identifiers
public import SystemPackage

/// Rebuilds the index of a pack, by reading the whole pack.
///
/// libgit2 writes a copy of the pack next to the index; the copy is deleted.
///
/// - Parameters:
///   - pack: The pack. An existing index is replaced.
///   - temporary: A folder for unfinished files on the same file system.
/// - Throws: `damaged` if the pack itself is damaged, `system` if a file cannot be read or written.
public func rebuildIndex(ofPack pack: FilePath, temporary: FilePath) throws(GitError) {
  try Library.prepare()
  let folder = temporary.appending("index-" + String(UInt64.random(in: 1 << 63 ... .max), radix: 16))
  try translated { () throws(FileError) in try makeFolders(folder) }
  // Anything left of it is an unfinished file like others.
  defer { try? removeTree(folder) }
  guard let file = try translated({ () throws(FileError) in try OpenFile(reading: pack) }) else {
    throw GitError(.notFound, "\(pack) does not exist")
  }
  let checksum = try index(file, into: folder)
  var target = pack
  target.extension = "idx"
  let made = try translated { () throws(FileError) in try names(in: folder) }
  guard let name = made.first(where: { $0.hasSuffix(".idx") }),
    let contents = try PackContents(index: folder.appending(name)), contents.packChecksum == checksum
  else { throw GitError(.failed, "libgit2 made no index of \(pack)") }
  try translated { () throws(FileError) in
    if let index = try OpenFile(reading: contents.indexPath) { try index.synchronize() }
    try rename(contents.indexPath, to: target)
    try synchronizeFolder(target.folder)
  }
}

/// Indexes a pack into a folder; returns the checksum at the pack's end.
private func index(_ pack: borrowing OpenFile, into folder: FilePath) throws(GitError) -> [UInt8] {
  let size = try translated { () throws(FileError) in try pack.size() }
  guard size > PackEntry.packHeaderSize + ObjectID.byteCount else {
    throw GitError(.damaged, "\(pack.path) is truncated")
  }
  let indexer = try Handle<IndexerKind> { git_indexer_new(&$0, folder.string, 0, nil, nil) }
  var progress = git_indexer_progress()
  var position = 0
  while position < size {
    let bytes = try pack.bytes(at: position, count: min(1 << 20, size - position))
    try bytes.span.bytes.withUnsafeBytes { (buffer) throws(GitError) in
      _ = try check(git_indexer_append(indexer.raw, buffer.baseAddress, buffer.count, &progress))
    }
    position += bytes.count
  }
  try check(git_indexer_commit(indexer.raw, &progress))
  return try pack.bytes(at: size - ObjectID.byteCount, count: ObjectID.byteCount)
}
