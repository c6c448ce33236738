internal import ByteText

/// What is published of a branch: its newest revisions (Documentation/kv.md, "Head").
final class PublishedHead {
  /// A revision.
  final class Entry {
    let revision: Int64
    /// The digest of the manifest's root.
    let manifest: Digest
    /// When it became the newest, in seconds since 1970.
    let time: Int64
    /// Whether nobody goes to an earlier revision from here.
    let isBarrier: Bool

    init(revision: Int64, manifest: Digest, time: Int64, isBarrier: Bool) {
      self.revision = revision
      self.manifest = manifest
      self.time = time
      self.isBarrier = isBarrier
    }
  }

  /// The revisions, the newest first.
  private(set) var entries: [Entry] = []
  /// The moment at which this was so, in seconds since 1970.
  let now: Int64

  /// Reads what an object or a namespace says; nil for anything else.
  init?(_ text: Bytes) {
    guard let head = JSONView(text), let items = head["entries"] else { return nil }
    now = max(head["now"]?.integer ?? 0, 0)
    var place = 0
    while let item = items.next(&place) {
      guard let revision = item["revision"]?.integer, revision > 0,
        let manifest = Digest(hexadecimal: item["manifest"]?.text ?? .none)
      else { return nil }
      entries.append(
        Entry(
          revision: revision, manifest: manifest, time: item["at"]?.integer ?? 0,
          isBarrier: item["barrier"]?.isTrue ?? true))
    }
  }
}
