internal import Glibc
internal import SystemPackage

/// Writes several small loose objects and makes them durable together.
///
/// The files are written at once and named at the end. The first synchronisation of a folder or file commits
/// what the file system had to note for the others too, so five objects cost little more than one.
///
/// Not `Sendable`: one thread at a time uses it.
public final class LooseObjectBatch {
  private let writer: LooseObjectWriter
  private var pending: [PendingObject] = []

  private final class PendingObject {
    let id: ObjectID
    var file: TemporaryFile

    init(id: ObjectID, file: consuming TemporaryFile) {
      self.id = id
      self.file = file
    }
  }

  /// Begins a batch in the writer's folders.
  public init(_ writer: LooseObjectWriter) { self.writer = writer }

  /// Writes one object, which `finish` names; until then nobody can read it.
  ///
  /// - Throws: `system` when the file cannot be written, `failed` when the bytes carry an attack on SHA-1.
  public func append(_ bytes: RawSpan, kind: ObjectKind) throws(GitError) -> ObjectID {
    let id = try ObjectID(of: bytes, kind: kind)
    if pending.contains(where: { $0.id == id }) || writer.skip(id) { return id }
    pending.append(PendingObject(id: id, file: try writer.temporaryFile(holding: bytes, kind: kind)))
    return id
  }

  /// Makes the objects durable and gives them their names. The batch can then take more.
  public func finish() throws(GitError) {
    defer { pending.removeAll() }
    for object in pending { try object.file.synchronize() }
    var folders: [FilePath] = []
    var hasNewFolder = false
    for object in pending {
      let name = writer.objects.looseObject(object.id)
      let folder = name.removingLastComponent()
      if !folders.contains(folder) {
        if try makeFolder(folder) { hasNewFolder = true }
        folders.append(folder)
      }
      try object.file.publish(at: name)
    }
    if hasNewFolder { folders.append(writer.objects) }
    for folder in folders { try synchronizeFolder(folder) }
  }
}
