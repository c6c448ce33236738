internal import ByteText

/// The newest published revisions of a branch (Documentation/kv.md, "Head").
final class PublishedHead {
  /// A revision.
  final class Entry {
    let revision: Int64
    /// The digest of the manifest's root.
    let manifest: Digest
    /// The time when it became the newest, in seconds since 1970.
    let time: Int64
    /// Whether readers must not go back from here to an earlier revision.
    let isBarrier: Bool

    init(revision: Int64, manifest: Digest, time: Int64, isBarrier: Bool) {
      self.revision = revision
      self.manifest = manifest
      self.time = time
      self.isBarrier = isBarrier
    }
  }

  /// The revisions, the newest first; nil if nothing is published.
  private(set) var newest: Linked<Entry>?
  /// The time of this state, in seconds since 1970.
  let now: Int64

  /// Parses the answer of an object or a namespace; nil if it has another form.
  init?(_ text: Bytes) {
    let head = JSONView(text)
    let items = head["entries"]
    if items.isMissing { return nil }
    now = max(head["now"].integer, 0)
    var (place, last): (Int, Linked<Entry>?) = (0, nil)
    while true {
      let item = items.next(&place)
      if item.isMissing { return }
      let (revision, time) = (item["revision"].integer, max(item["at"].integer, 0))
      guard revision > 0, let manifest = Digest(hexadecimal: item["manifest"].text) else { return nil }
      let entry = Linked(
        Entry(revision: revision, manifest: manifest, time: time, isBarrier: !item["barrier"].isFalse))
      if last == nil { newest = entry } else { last?.next = entry }
      last = entry
    }
  }
}
