public import Identifiers
public import JSONText

/// What is published of a branch: its revisions, the newest first (Documentation/kv.md, "Head").
public struct Head: Hashable, Sendable {
  /// One revision.
  public struct Entry: Hashable, Sendable {
    /// Its number, from 1.
    public let revision: Int64
    /// Whether it was published or gone back to: `publish` or `rollback`.
    public let kind: String
    /// The manifest.
    public let manifest: ModuleDigest
    /// The commit; nil where a folder was published.
    public let commit: String?
    /// The commit's tree; nil where a folder was published.
    public let tree: String?
    /// The revision that was published with this manifest.
    public let from: Int64
    /// When, in seconds since 1970, by the clock of what keeps the head.
    public let time: Int64
    /// Who did it.
    public let author: String
  }

  /// The newest revisions.
  public let entries: [Entry]
  /// Rises with each prune.
  public let epoch: Int64
  /// The oldest revision that is kept.
  public let floor: Int64
  /// The present moment of what keeps the head, in seconds since 1970.
  public let now: Int64

  /// The newest revision; nil while nothing is published.
  public var newest: Entry? { entries.first }

  /// Reads an answer of what keeps the head; nil for anything else.
  public init?(_ json: JSONValue) {
    guard case .array(let items)? = json["entries"], let floor = json["floor"]?.number else { return nil }
    var entries: [Entry] = []
    for item in items {
      guard let entry = Entry(item) else { return nil }
      entries.append(entry)
    }
    self.entries = entries
    self.floor = floor
    epoch = json["epoch"]?.number ?? 0
    now = json["now"]?.number ?? 0
  }

  /// The revision that a rollback goes to when none is named: the newest before the one that is served now that has
  /// another manifest, so that rolling back again goes further back.
  public var rollbackTarget: Entry? {
    guard let newest else { return nil }
    return entries.first { $0.revision < newest.from && $0.manifest != newest.manifest }
  }

  /// Whether a tree was published and then left behind by a rollback.
  func hasLeftBehind(_ tree: String) -> Bool {
    guard let newest, newest.kind == "rollback" else { return false }
    return entries.contains { $0.revision > newest.from && $0.revision < newest.revision && $0.tree == tree }
  }
}

extension Head.Entry {
  /// Reads an entry; nil for anything else.
  public init?(_ json: JSONValue) {
    guard let revision = json["revision"]?.number, let kind = json["kind"]?.text,
      let manifest = json["manifest"]?.text.flatMap({ ModuleDigest(hex: $0) })
    else { return nil }
    self.revision = revision
    self.kind = kind
    self.manifest = manifest
    commit = json["commit"]?.text
    tree = json["tree"]?.text
    from = json["from"]?.number ?? revision
    time = json["at"]?.number ?? 0
    author = json["by"]?.text ?? ""
  }
}
