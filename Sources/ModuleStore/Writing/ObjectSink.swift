internal import FileSystem
internal import Git
internal import Identifiers

/// Where a change's objects go: loose objects, or the pack that holds the modules too.
final class ObjectSink {
  private let loose: LooseObjectBatch
  private var pack: PackWriter?
  private var encoder: PackEncoder?

  /// The id of the tree without entries, which a commit that removed everything names.
  static let emptyTree = ObjectID(hex: "4b825dc642cb6eb9a060e54bf8d69288fbee4904")

  init(_ loose: LooseObjectWriter) {
    self.loose = LooseObjectBatch(loose)
    encoder = nil
  }

  /// Writes into a pack until it is finished, then loose.
  init(_ loose: LooseObjectWriter, pack: PackWriter) throws(GitError) {
    self.loose = LooseObjectBatch(loose)
    self.pack = pack
    encoder = try pack.encoder()
  }

  /// Takes one object, which `finish` makes readable.
  func write(_ bytes: RawSpan, kind: ObjectKind) throws(GitError) -> ObjectID {
    if let id = try encoder?.append(bytes, kind: kind) { return id }
    return try loose.append(bytes, kind: kind)
  }

  /// Ends the pack, if there is one, and makes it durable; what comes after becomes loose objects.
  ///
  /// - Returns: Whether a pack was made, which an open repository has to look for.
  func finishPack() throws(GitError) -> Bool {
    if let encoder = encoder.take() { try encoder.finish() }
    guard let pack = pack.take() else { return false }
    return try pack.finish() != nil
  }

  /// Makes the loose objects durable, and `others` with them; does `work` while the disk is waited for.
  func finish(with others: [WrittenFile], meanwhile work: () -> Void) throws(GitError) {
    try loose.finish(with: others, meanwhile: work)
  }
}
