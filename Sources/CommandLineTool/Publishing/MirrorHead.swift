internal import Identifiers
internal import JSONText
internal import KVSync
internal import NIOCore

/// What a mirror is of, and of which revision: the value of its key `_wasmstore.head` (Documentation/nats.md, "Mirror").
struct MirrorHead: Equatable {
  /// The key.
  static let key = "_wasmstore.head"

  /// The bucket of what is published.
  let bucket: String
  /// The head there.
  let name: HeadName
  /// How paths are keys, and what are their values.
  let form: MirrorForm
  /// The revision that the mirror has; nil while it has none whole.
  let entry: Revision?

  /// What a mirror tells of a revision.
  struct Revision: Equatable {
    let revision: Int64
    let manifest: ModuleDigest
    let commit: String?
    let tree: String?
    let time: Int64

    /// Takes a revision of a head.
    init(_ entry: Head.Entry) {
      (revision, manifest, commit) = (entry.revision, entry.manifest, entry.commit)
      (tree, time) = (entry.tree, entry.time)
    }

    /// Reads it; nil where there is none.
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

  /// Reads the value; nil for anything else.
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

/// How a mirror spells paths as keys, and which contents are values themselves.
struct MirrorForm: Equatable, Sendable {
  /// The most bytes of a content that is a value itself; 0 where all values describe.
  var inlineLimit = 0
  /// How paths are keys.
  var keys = NATSKey.Style.slashes
}
