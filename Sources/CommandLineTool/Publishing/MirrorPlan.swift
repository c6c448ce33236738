internal import Identifiers
internal import JSONText
internal import KVSync
internal import ModuleStore
internal import NATSCore
internal import NIOCore

/// What a mirror lacks of the rows of a manifest, and what it has besides.
struct MirrorPlan {
  /// A key that gets a value.
  struct Put {
    let key: String
    let row: ManifestRow
    /// The revision that the key has; 0 where it has none.
    let revision: Int64
    /// The value; nil where it is the content.
    let description: [UInt8]?
    let digest: ModuleDigest

    /// The bytes of the value.
    var size: Int { description?.count ?? Int(row.size) }

    /// What goes along with the value.
    var headers: NATSHeaders {
      [
        MirrorPlan.typeHeader: description == nil ? row.type : MirrorPlan.descriptionType,
        MirrorPlan.digestHeader: digest.hex,
      ]
    }
  }

  /// A key as it is.
  struct Held {
    /// The revision of its value or marker.
    let revision: Int64
    /// The type and the digest that were stored with the value; nil for a marker.
    let value: (type: String?, digest: String?)?
  }

  /// The keys that get values, in the order of their paths.
  private(set) var puts: [Put] = []
  /// The keys that are no path's, with their revisions.
  private(set) var deletes: [(key: String, revision: Int64)] = []

  static let typeHeader = "Content-Type"
  /// Has the SHA-256 of the value, so that a mirror is compared without reading its values.
  static let digestHeader = "Wasmstore-SHA256"
  /// The type of a value that describes a content.
  static let descriptionType = "application/vnd.wasmstore.file+json"

  /// The most bytes of a description, and of the headers of a message, names and types at their longest.
  static let descriptionLimit = 1_024
  static let headerLimit = 512

  /// Compares.
  ///
  /// - Parameters:
  ///   - rows: What the mirror is to have.
  ///   - held: What it has, without the key of its head.
  ///   - form: How it is to have it.
  ///   - bucket: Where the contents are.
  init(of rows: [ManifestRow], beside held: [String: Held], in form: MirrorForm, from bucket: String) {
    var rest = held
    for row in rows {
      let key = NATSKey.escaped(path: row.path, form.keys)
      let old = rest.removeValue(forKey: key)
      let isInline = form.inlineLimit > 0 && row.size <= UInt64(form.inlineLimit)
      let description = isInline ? nil : MirrorPlan.description(of: row, in: bucket)
      let put = Put(
        key: key, row: row, revision: old?.revision ?? 0, description: description,
        digest: description.map { ModuleDigest(of: $0) } ?? row.digest)
      let type = isInline ? row.type : MirrorPlan.descriptionType
      if let value = old?.value, value.digest == put.digest.hex, value.type == type { continue }
      puts.append(put)
    }
    deletes = rest.filter { $0.value.value != nil }.map { ($0.key, $0.value.revision) }.sorted { $0.0 < $1.0 }
  }

  /// What stands for a content that is no value itself.
  private static func description(of row: ManifestRow, in bucket: String) -> [UInt8] {
    let object = JSONValue.object([
      ("bucket", .text(bucket)), ("name", .text("b/" + row.digest.hex)),
    ])
    let json = JSONValue.object([
      ("modified", .number(Int64(clamping: row.modified))), ("object", object),
      ("sha256", .text(row.digest.hex)), ("size", .number(Int64(clamping: row.size))),
      ("type", .text(row.type)),
    ])
    return Array(json.line.utf8)
  }
}
