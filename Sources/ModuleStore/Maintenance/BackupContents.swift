internal import FileSystem
internal import Git
internal import Identifiers
internal import SystemPackage

/// The contents of a backup except objects: the state of the store at one moment.
struct BackupContents {
  let head: [UInt8]
  let configuration: [UInt8]
  /// The commits at which the history of a shallow clone ends; nil for a full store.
  let shallow: [UInt8]?
  /// All references except pins, sorted by name.
  let references: [Reference]
  /// The objects that the references and the operation record name.
  let reachability: Reachability
  /// The operation record.
  let record: Record?
  /// Settings that must not be in a backup.
  let settingsLeftOut: [String]

  /// Reads everything. The caller makes sure that no reference moves meanwhile, if possible.
  ///
  /// - Throws: `StoreError.damaged` if a reference cannot be read, `.system`.
  init(_ session: StoreSession) throws(StoreError) {
    let (layout, repository) = (session.layout, session.repository)
    // The record first: its last line may be newer than the references, but never older.
    record = try translated { () throws(FileError) in
      guard let file = try OpenFile(reading: layout.operations) else { return nil }
      let size = try file.size()
      return Record(file: file, size: size)
    }
    var reachability = try session.reachability(.operations)
    reachability.roots.removeAll { root in
      guard case .reference(let name, worktree: nil) = root.source else { return true }
      return name.hasPrefix(Pins.prefix)
    }
    for failure in reachability.failures {
      guard case .reference(_, worktree: nil) = failure.source else { continue }
      throw .damaged(failure.problem)
    }
    self.reachability = reachability
    references = try translated { () throws(GitError) in
      try repository.references(withPrefix: "refs/").filter { !$0.name.hasPrefix(Pins.prefix) }
    }
    let target = try translated { () throws(GitError) in try repository.reference("HEAD") }
    guard let target else { throw .damaged("HEAD is missing") }
    head = BackupContents.text(of: target)
    let text = try translated { () throws(FileError) in try contents(of: layout.configuration) } ?? []
    let entries = try translated { () throws(GitError) in
      try Configuration(path: layout.configuration).entries()
    }
    (configuration, settingsLeftOut) = BackupSettings.text(of: text, entries)
    shallow = try translated { () throws(FileError) in
      try contents(of: layout.root.appending(BackupEntry.shallow))
    }
  }

  /// The operation record at that moment. Lines may be added later, or another file may replace it.
  final class Record {
    let file: OpenFile
    let size: Int

    init(file: consuming OpenFile, size: Int) {
      self.file = file
      self.size = size
    }
  }

  /// The value in a reference's file.
  static func text(of target: ReferenceTarget) -> [UInt8] {
    switch target {
    case .object(let id): Array("\(id.hex)\n".utf8)
    case .symbolic(let name): Array("ref: \(name)\n".utf8)
    }
  }

  /// The file `packed-refs`, with all references that name an object (gitrepository-layout).
  var packedReferences: [UInt8] {
    var lines: [UInt8] = Array("# pack-refs with: sorted \n".utf8)
    let ordered = references.sorted { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }
    for reference in ordered {
      guard case .object(let id) = reference.target else { continue }
      lines += Array("\(id.hex) \(reference.name)\n".utf8)
    }
    return lines
  }
}
