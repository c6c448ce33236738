internal import Git
internal import Identifiers
internal import Tar

/// An entry that is allowed in a backup (Documentation/formats.md, "Backup").
struct BackupEntry {
  /// Its path below the store's folder; empty for the folder itself.
  let path: String
  let isFolder: Bool
  let size: Int
  /// Whether the file is read-only after it is written.
  var isPack: Bool { path.hasPrefix(Self.packs + "/") }

  static let head = "HEAD"
  static let configuration = "config"
  static let packedReferences = "packed-refs"
  static let record = "operations"
  static let shallow = "shallow"
  static let sums = "SHA256SUMS"
  static let references = "refs"
  static let packs = "objects/pack"
  static let objectFolders = ["objects", "objects/info", packs]

  private static let files: Set<String> = [
    head, configuration, packedReferences, record, shallow, sums,
  ]

  /// The allowed entries in the store's folder itself.
  static let topNames: Set<String> = files.union([references, "objects"])

  /// The maximum size of a file that is read into memory.
  static let textLimit = 4096

  /// Checks an entry of an archive.
  ///
  /// - Throws: `StoreError.unsafeArchive` for an entry that a backup never has.
  init(_ entry: TarEntry) throws(StoreError) {
    let name = String(decoding: entry.name, as: UTF8.self)
    func refused(_ reason: String) -> StoreError { .unsafeArchive(entry: name, reason: reason) }
    guard case .below(let steps) = entry.place else {
      throw refused(
        entry.place == .absolute ? "its name is absolute" : "its name refers to a place outside the store")
    }
    switch entry.kind {
    case .file: isFolder = false
    case .folder: isFolder = true
    case .symbolicLink: throw refused("it is a symbolic link")
    case .hardLink: throw refused("it is a hard link")
    case .device: throw refused("it is a device")
    case .pipe: throw refused("it is a pipe")
    case .other: throw refused("it is of an unknown type")
    }
    guard let path = String(validating: steps.joined(separator: [0x2f]), as: UTF8.self),
      isFolder ? BackupEntry.isFolder(path) : BackupEntry.isFile(path)
    else { throw refused("a backup never has this entry") }
    self.path = path
    size = entry.size
  }

  private static func isFolder(_ path: String) -> Bool {
    path.isEmpty || path == references || objectFolders.contains(path)
      || path.hasPrefix(references + "/") && Repository.isValidReferenceName(path + "/name")
  }

  private static func isFile(_ path: String) -> Bool {
    if files.contains(path) { return true }
    if path.hasPrefix(references + "/") { return Repository.isValidReferenceName(path) }
    guard path.hasPrefix(packs + "/pack-") else { return false }
    let name = path.dropFirst(packs.count + "/pack-".count).split(
      separator: ".", omittingEmptySubsequences: false)
    return name.count == 2 && isHexadecimal(String(name[0]), count: 40...40)
      && (name[1] == "pack" || name[1] == "idx")
  }
}
