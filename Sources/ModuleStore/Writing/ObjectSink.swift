internal import FileSystem
internal import Git
internal import Identifiers

/// The destination of a change's objects: loose objects, or the pack that also holds the modules.
final class ObjectSink {
  private let loose: LooseObjectBatch
  private var pack: PackWriter?
  private var encoder: PackEncoder?

  /// The id of the empty tree, which a commit names that removed everything.
  static let emptyTree = ObjectID(hex: "4b825dc642cb6eb9a060e54bf8d69288fbee4904")

  init(_ loose: LooseObjectWriter) {
    self.loose = LooseObjectBatch(loose)
    encoder = nil
  }

  /// Writes into a pack until it is finished, then loose objects.
  init(_ loose: LooseObjectWriter, pack: PackWriter) throws(GitError) {
    self.loose = LooseObjectBatch(loose)
    self.pack = pack
    encoder = try pack.encoder()
  }

  /// Writes one object, which `finish` makes readable.
  func write(_ bytes: RawSpan, kind: ObjectKind) throws(GitError) -> ObjectID {
    if let id = try encoder?.append(bytes, kind: kind) { return id }
    return try loose.append(bytes, kind: kind)
  }

  /// Ends the pack, if there is one, and makes it durable; later objects become loose objects.
  ///
  /// - Returns: Whether a pack was written, so that an open repository has to search for it.
  func finishPack() throws(GitError) -> Bool {
    if let encoder = encoder.take() { try encoder.finish() }
    guard let pack = pack.take() else { return false }
    return try pack.finish() != nil
  }

  /// Makes the loose objects durable, and `others` with them; calls `work` while the disk writes.
  func finish(with others: [WrittenFile], meanwhile work: () -> Void) throws(GitError) {
    try loose.finish(with: others, meanwhile: work)
  }
}
