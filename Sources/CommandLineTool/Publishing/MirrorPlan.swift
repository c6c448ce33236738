internal import Identifiers
internal import JSONText
internal import KVSync
internal import ModuleStore
internal import NATSCore
internal import NIOCore

/// The differences between a mirror and the rows of a manifest.
struct MirrorPlan {
  /// A key that gets a new value.
  struct Put {
    let key: String
    let row: ManifestRow
    /// The present revision of the key; 0 if it has none.
    let revision: Int64
    /// The description to store; nil if the content itself is stored.
    let description: [UInt8]?
    let digest: ModuleDigest

    /// The size of the value, in bytes.
    var size: Int { description?.count ?? Int(row.size) }

    /// The headers of the message with the value.
    var headers: NATSHeaders {
      [
        MirrorPlan.typeHeader: description == nil ? row.type : MirrorPlan.descriptionType,
        MirrorPlan.digestHeader: digest.hex,
      ]
    }
  }

  /// The present state of a key.
  struct Held {
    /// The revision of its value or marker.
    let revision: Int64
    /// The type and the digest that were stored with the value; nil for a marker.
    let value: (type: String?, digest: String?)?
  }

  /// The keys that get values, in the order of their paths.
  private(set) var puts: [Put] = []
  /// The keys that belong to no path, with their revisions.
  private(set) var deletes: [(key: String, revision: Int64)] = []

  static let typeHeader = "Content-Type"
  /// The name of the header with the SHA-256 of the value, so that a mirror is compared without reading its values.
  static let digestHeader = "Wasmstore-SHA256"
  /// The media type of a description.
  static let descriptionType = "application/vnd.wasmstore.file+json"

  /// The maximum number of bytes of a description, and of the headers of a message, with names and types of maximum
  /// length.
  static let descriptionLimit = 1_024
  static let headerLimit = 512

  /// Compares a mirror with a manifest.
  ///
  /// - Parameters:
  ///   - rows: The rows that the mirror should contain.
  ///   - held: Its present keys, without the key of its head.
  ///   - form: The form of its keys and values.
  ///   - bucket: The bucket of the contents.
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

  /// The description that is stored instead of a content.
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
