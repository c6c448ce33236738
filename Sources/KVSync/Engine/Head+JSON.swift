internal import Identifiers
public import JSONText

extension Head {
  /// Reads the head service's answer; nil if the JSON has another form.
  public init?(_ json: JSONValue) {
    guard case .array(let items)? = json["entries"], let floor = json["floor"]?.number else { return nil }
    var entries: [Entry] = []
    for item in items {
      guard let entry = Entry(item) else { return nil }
      entries.append(entry)
    }
    self.init(
      entries: entries, epoch: json["epoch"]?.number ?? 0, floor: floor, now: json["now"]?.number ?? 0,
      pruneUntil: json["prune_until"]?.number ?? 0)
  }

  /// The JSON form.
  public var json: JSONValue {
    .object([
      ("entries", .array(entries.map(\.json))), ("epoch", .number(epoch)), ("floor", .number(floor)),
      ("now", .number(now)), ("prune_until", .number(pruneUntil)),
    ])
  }
}

extension Head.Entry {
  /// Reads an entry; nil if the JSON has another form.
  public init?(_ json: JSONValue) {
    guard let revision = json["revision"]?.number, let kind = json["kind"]?.text.flatMap(Kind.init),
      let manifest = json["manifest"]?.text.flatMap({ ModuleDigest(hex: $0) })
    else { return nil }
    self.revision = revision
    self.kind = kind
    self.manifest = manifest
    id = json["id"]?.text ?? ""
    commit = json["commit"]?.text
    tree = json["tree"]?.text
    from = json["from"]?.number ?? revision
    if case .boolean(true)? = json["barrier"] { isBarrier = true } else { isBarrier = false }
    time = json["at"]?.number ?? 0
    author = json["by"]?.text ?? ""
  }

  /// The JSON form.
  public var json: JSONValue {
    .object([
      ("at", .number(time)), ("barrier", .boolean(isBarrier)), ("by", .text(author)),
      ("commit", .optional(commit)), ("from", .number(from)), ("id", .text(id)),
      ("kind", .text(kind.rawValue)), ("manifest", .text(manifest.hex)), ("revision", .number(revision)),
      ("tree", .optional(tree)),
    ])
  }
}

extension HeadLog {
  /// Reads the head service's answer; nil if the JSON has another form.
  public init?(_ json: JSONValue) {
    guard let head = Head(json) else { return nil }
    self.init(head.entries, floor: head.floor)
  }
}

extension HeadSummary {
  /// Reads an item of a list of heads; nil if the JSON has another form.
  public init?(_ json: JSONValue) {
    guard let store = json["store"]?.text, let branch = json["branch"]?.text,
      let revision = json["revision"]?.number
    else { return nil }
    self.init(HeadName(store: store, branch: branch), revision: revision)
  }
}

extension Lease {
  /// Reads the lease service's answer; nil if the JSON has another form.
  public init?(_ json: JSONValue) {
    guard let epoch = json["epoch"]?.number, let now = json["now"]?.number,
      let until = json["prune_until"]?.number
    else { return nil }
    self.init(epoch: epoch, now: now, until: until)
  }
}

extension HeadPublish {
  /// The body of the request.
  public var json: JSONValue {
    .object([
      ("kind", .text("publish")), ("expect", .number(expected)), ("epoch", .number(epoch)), ("id", .text(id)),
      ("manifest", .text(manifest.hex)), ("commit", .optional(commit)), ("tree", .optional(tree)),
      ("by", .text(author)), ("barrier", .boolean(isBarrier)),
    ])
  }
}

extension HeadRollback {
  /// The body of the request.
  public var json: JSONValue {
    .object([
      ("kind", .text("rollback")), ("expect", .number(expected)), ("id", .text(id)), ("to", .number(to)),
      ("by", .text(author)),
    ])
  }
}
