internal import FileSystem
internal import Identifiers
internal import SystemPackage
internal import Tar

/// The files of a store of the older wasmstore: its folder, or a backup of it, which is unpacked first. The older
/// store is not changed and not locked.
final class PredecessorFiles {
  /// Its name in messages.
  let name: String
  /// The references, by name, with the contents of their files.
  private(set) var references: [(name: [UInt8], bytes: [UInt8])] = []
  /// The other files.
  private(set) var others = PredecessorLeftovers()

  /// The path of `objects`.
  private let root: FilePath
  /// Open as long as the files of an archive are needed, so that a gc can see that they are in use.
  private let unpacked: ConfinedFolder?

  private static let parts: Set<String> = ["objects", "refs", "tmp", "lock"]

  /// Returns whether the names in a folder look like those of such a store.
  static func isStore(names: some Sequence<String>) -> Bool {
    let names = Set(names)
    return names.contains("objects") && names.isSubset(of: parts)
  }

  /// Takes a folder.
  ///
  /// - Throws: `StoreError.source` if it is not such a store, or cannot be read.
  init(folder: FilePath) throws(StoreError) {
    (name, root, unpacked) = (folder.string, folder, nil)
    let present: [String]
    do throws(FileError) { present = try names(in: folder) } catch { throw .source(error) }
    guard PredecessorFiles.isStore(names: present) else {
      throw .source(path: name, reason: "it is not a store of the older wasmstore")
    }
    try readReferences()
    try countOthers()
  }

  /// Unpacks an archive, whose entries are `./objects/…` and `./refs/…`.
  ///
  /// - Throws: `StoreError.source` if it cannot be read, or is not a backup of such a store; `.cancelled`.
  init(_ origin: ModuleSource.Origin, in temporary: FilePath, _ work: Work) throws(StoreError) {
    name = origin.name
    root = temporary.appending("import-" + String(UInt64.random(in: 1 << 63 ... .max), radix: 16))
    do throws(FileError) { unpacked = try ConfinedFolder(making: root) } catch { throw StoreError(error) }
    do throws(StoreError) { try unpack(origin, work) } catch {
      remove()
      throw error
    }
  }

  /// Removes the unpacked files. The next gc removes the rest.
  func remove() {
    if unpacked != nil { try? removeTree(root) }
  }

  /// The path of an object, if it exists.
  func path(of key: PredecessorKey) -> FilePath {
    let hex = key.hex
    return root.appending("objects").appending(String(hex.prefix(2))).appending(String(hex.dropFirst(2)))
  }

  /// The bytes of a small object; nil if it does not exist.
  ///
  /// - Throws: `StoreError.source` if it cannot be read.
  func object(_ key: PredecessorKey) throws(StoreError) -> [UInt8]? {
    do throws(FileError) {
      // An entry that is not a file is not an object.
      guard try FileStatus(path(of: key), followingLinks: false)?.kind == .file else { return nil }
      return try contents(of: path(of: key))
    } catch {
      throw .source(error)
    }
  }

  /// Reads the references of the folder again, and returns whether one has moved.
  func haveReferencesMoved() throws(StoreError) -> Bool {
    guard unpacked == nil else { return false }
    let before = references
    try readReferences()
    return !before.elementsEqual(references, by: ==)
  }

  /// The keys of all objects.
  func keys() throws(StoreError) -> [PredecessorKey] {
    let objects = root.appending("objects")
    do throws(FileError) {
      var keys: [PredecessorKey] = []
      for part in try names(in: objects) where isHexadecimal(part, count: 2...2) {
        for rest in try names(in: objects.appending(part)) {
          if let key = PredecessorKey(hex: part + rest) { keys.append(key) }
        }
      }
      return keys
    } catch {
      throw .source(error)
    }
  }

  private func readReferences() throws(StoreError) {
    references = []
    // A new store has none.
    guard try exists("refs") else { return }
    try walk(root.appending("refs"), unreadable: { (_, error) throws(StoreError) in throw .source(error) }) {
      (entry) throws(StoreError) in
      switch entry.kind {
      case .directory: return true
      case .file:
        do throws(FileError) {
          references.append((entry.steps, try contents(of: entry.path) ?? []))
        } catch {
          throw .source(error)
        }
      case .symlink, .socket, .other: others.unknown.append("refs/" + spelled(entry.steps))
      }
      return false
    }
  }

  private func exists(_ part: String) throws(StoreError) -> Bool {
    do throws(FileError) { return try fileExists(root.appending(part)) } catch { throw .source(error) }
  }

  private func countOthers() throws(StoreError) {
    do throws(FileError) {
      for name in try names(in: root.appending("tmp")) {
        guard let status = try FileStatus(root.appending("tmp").appending(name), followingLinks: false) else {
          continue
        }
        others.temporaryFiles += 1
        others.temporaryBytes += status.size
      }
      others.newestLock = try newestLock()
    } catch {
      throw .source(error)
    }
  }

  /// The time of the newest file that shows a running writer, in nanoseconds since 1970; nil if there is none.
  func newestLock() throws(FileError) -> Int64? {
    var newest: Int64?
    try walk(
      root.appending("lock"),
      unreadable: { (_, error) throws(FileError) in
        if !error.isAbsence { throw error }
      }
    ) { (entry) throws(FileError) in
      if entry.kind == .file, let time = try FileStatus(entry.path, followingLinks: false)?.modified {
        newest = max(newest ?? time, time)
      }
      return true
    }
    return newest
  }

  private func unpack(_ origin: ModuleSource.Origin, _ work: Work) throws(StoreError) {
    let file = try origin.open()
    defer { try? file.close() }
    var reader = TarReader { (buffer, length) throws(TarError) in
      do throws(Errno) {
        return try fill(&buffer, upTo: length, from: file, while: { !work.cancellation.isCancelled })
      } catch {
        throw .system(error)
      }
    }
    var found: [[UInt8]: [UInt8]] = [:]
    do throws(TarError) {
      while let entry = try reader.next() {
        guard !work.cancellation.isCancelled else { break }
        try take(entry, from: &reader, references: &found)
      }
    } catch {
      try work.check()
      throw failure(error)
    }
    try work.check()
    references = found.sorted { $0.key.lexicographicallyPrecedes($1.key) }.map { ($0.key, $0.value) }
    guard try exists("objects") || others.hasObjects else {
      throw .source(path: name, reason: "it is not a backup of the older wasmstore")
    }
  }

  private func failure(_ error: TarError) -> StoreError {
    switch error {
    case .system(let reason): .source(path: name, reason: "\(reason)")
    case .damaged(let text): .source(path: name, reason: text)
    case .failed(let text): .failed(text)
    }
  }

  private func take(
    _ entry: TarEntry, from reader: inout TarReader, references found: inout [[UInt8]: [UInt8]]
  ) throws(TarError) {
    guard case .below(let steps) = entry.place else {
      throw .damaged("\(RawPath(entry.name).spelled) refers to a place outside the archive")
    }
    let names = steps.map { String(decoding: $0, as: UTF8.self) }
    if names.first == "objects" { others.hasObjects = true }
    switch (names.first, entry.kind) {
    case (_, .folder): break
    case ("objects", .file):
      guard names.count == 3, names[1].utf8.count == 2, let key = PredecessorKey(hex: names[1] + names[2])
      else {
        others.unknown.append(RawPath(entry.name).spelled)
        return
      }
      try write(key, from: &reader)
    case ("refs", .file) where names.count > 1:
      // One byte more than a key has, so that a key that is too long is detected.
      var bytes = [UInt8](repeating: 0, count: PredecessorKey.byteCount + 1)
      let count = try reader.read(into: &bytes)
      found[Array(steps.dropFirst().joined(separator: [0x2f]))] = Array(bytes.prefix(count))
    case ("tmp", .file):
      others.temporaryFiles += 1
      others.temporaryBytes += Int64(entry.size)
    case ("lock", .file): break
    default: others.unknown.append(RawPath(entry.name).spelled)
    }
  }

  private func write(_ key: PredecessorKey, from reader: inout TarReader) throws(TarError) {
    let place = path(of: key)
    var buffer = [UInt8](repeating: 0, count: readLength)
    do {
      try makeFolders(place.folder)
      // As in tar, a later entry replaces an earlier one.
      try removeFile(place)
      var output = try TemporaryFile(making: place, permissions: 0o600)
      while true {
        let count = try reader.read(into: &buffer)
        if count == 0 { break }
        try output.append(buffer.span.bytes.extracting(first: count))
      }
      try output.publish(at: place)
    } catch let error as TarError {
      throw error
    } catch let error as FileError {
      throw .failed(error.description)
    } catch {
      throw .failed("\(error)")
    }
  }
}

/// The other files in a store of the older wasmstore.
public struct PredecessorLeftovers: Hashable, Sendable {
  /// The number of unfinished files.
  public internal(set) var temporaryFiles = 0
  /// Their size in bytes.
  public internal(set) var temporaryBytes: Int64 = 0
  /// The names of files that do not belong there.
  public internal(set) var unknown: [String] = []
  /// The time of the newest lock, in nanoseconds since 1970.
  var newestLock: Int64?
  var hasObjects = false
}
