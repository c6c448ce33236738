internal import Identifiers
internal import JSONText
internal import KVSync
internal import NIOCore

/// The source of a mirror and its revision: the value of its key `_wasmstore.head` (Documentation/nats.md, "Mirror").
struct MirrorHead: Equatable {
  /// The key.
  static let key = "_wasmstore.head"

  /// The bucket of the published contents.
  let bucket: String
  /// The name of the head there.
  let name: HeadName
  /// The form of keys and values.
  let form: MirrorForm
  /// The revision of the mirror; nil if no revision is complete in it.
  let entry: Revision?

  /// The description of a revision in a mirror.
  struct Revision: Equatable {
    let revision: Int64
    let manifest: ModuleDigest
    let commit: String?
    let tree: String?
    let time: Int64

    /// Describes a revision of a head.
    init(_ entry: Head.Entry) {
      (revision, manifest, commit) = (entry.revision, entry.manifest, entry.commit)
      (tree, time) = (entry.tree, entry.time)
    }

    /// Reads the JSON; nil if it describes no revision.
    init?(_ json: JSONValue) {
      guard let revision = json["revision"]?.number, let time = json["at"]?.number,
        let manifest = json["manifest"]?.text.flatMap({ ModuleDigest(hex: $0) })
      else { return nil }
      (self.revision, self.manifest, self.time) = (revision, manifest, time)
      (commit, tree) = (json["commit"]?.text, json["tree"]?.text)
    }
  }

  /// Describes a mirror.
  init(of bucket: String, _ name: HeadName, _ form: MirrorForm, _ entry: Revision?) {
    self.bucket = bucket
    self.name = name
    self.form = form
    self.entry = entry
  }

  /// Parses the value; nil if it has another form.
  init?(_ value: ByteBuffer) {
    guard let json = JSONValue(parsing: value.readableBytesView), let bucket = json["bucket"]?.text,
      let store = json["store"]?.text, let branch = json["branch"]?.text,
      let inline = json["inline"]?.number.flatMap({ Int(exactly: $0) }),
      let keys = json["keys"]?.text.flatMap({ NATSKey.Style(rawValue: $0) })
    else { return nil }
    self.init(
      of: bucket, HeadName(store: store, branch: branch), MirrorForm(inlineLimit: inline, keys: keys),
      Revision(json))
  }

  /// The value.
  var value: ByteBuffer {
    let json = JSONValue.object([
      ("at", .optional((entry?.time).map { Int($0) })), ("branch", .text(name.branch)),
      ("bucket", .text(bucket)),
      ("commit", .optional(entry?.commit)), ("inline", .count(form.inlineLimit)),
      ("keys", .text(form.keys.rawValue)), ("manifest", .optional(entry?.manifest.hex)),
      ("revision", .optional((entry?.revision).map { Int($0) })), ("store", .text(name.store)),
      ("tree", .optional(entry?.tree)),
    ])
    return ByteBuffer(string: json.line)
  }
}

/// The form of a mirror: how paths become keys, and which contents are stored as values.
struct MirrorForm: Equatable, Sendable {
  /// The maximum size of a content that is stored as a value, in bytes; 0 if all values are descriptions.
  var inlineLimit = 0
  /// The form of keys.
  var keys = NATSKey.Style.slashes
}
