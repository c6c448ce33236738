package import FileSystem
internal import Glibc
public import Identifiers
internal import SystemPackage

/// Writes several small loose objects and makes them durable together.
///
/// The files are written immediately and get their names at the end.
///
/// Not `Sendable`: only one thread at a time may use it.
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

  /// Writes one object, which `finish` names. Before that, no process can read it.
  ///
  /// - Throws: `system` if the file cannot be written, `failed` if the bytes contain an attack on SHA-1.
  public func append(_ bytes: RawSpan, kind: ObjectKind) throws(GitError) -> ObjectID {
    let id = try ObjectID(of: bytes, kind: kind)
    if pending.contains(where: { $0.id == id }) || writer.skip(id) { return id }
    pending.append(PendingObject(id: id, file: try writer.temporaryFile(holding: bytes, kind: kind)))
    return id
  }

  /// Makes the objects durable and gives them their names. After that, the batch can take more objects.
  ///
  /// `others`: Other files to make durable, before the first object gets its name.
  /// `meanwhile`: Work to do while the disk is busy.
  package func finish(with others: [WrittenFile] = [], meanwhile work: () -> Void = {}) throws(GitError) {
    defer { pending.removeAll() }
    let files = pending.map { WrittenFile($0.file.descriptor, at: $0.file.path) }
    try translated { () throws(FileError) in
      try synchronize(files + others, meanwhile: work)
      var folders: Set<FilePath> = []
      for object in pending {
        let name = writer.objects.looseObject(object.id)
        let folder = writer.objects.looseFolder(object.id)
        if try object.file.publish(at: name, making: folder) { folders.insert(writer.objects) }
        folders.insert(folder)
      }
      try synchronizeFolders(Array(folders))
    }
  }
}
