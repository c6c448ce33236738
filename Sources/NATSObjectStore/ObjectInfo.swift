internal import JSONText
internal import NATSCore
internal import NATSJetStream
internal import NIOCore

/// The metadata of an object (ADR-20).
public struct ObjectMetadata: Hashable, Sendable {
  /// Its name, any text.
  public var name: String
  /// A description for people; nil if there is none.
  public var description: String?
  /// Headers, each with its values.
  public var headers: [String: [String]] = [:]
  /// The owner's own metadata.
  public var metadata: [String: String] = [:]
  /// The length of its chunks in bytes; nil for the default.
  public var chunkSize: Int?

  /// Creates metadata with a name.
  public init(name: String) { self.name = name }
}

/// The description of an object of a bucket (ADR-20).
public struct ObjectInfo: Hashable, Sendable {
  /// The target of an object that is a link and has no bytes.
  public struct Link: Hashable, Sendable {
    /// The bucket.
    public let bucket: String
    /// The object in it; nil for the whole bucket.
    public let name: String?
  }

  /// Its metadata.
  public var metadata: ObjectMetadata
  /// The target of a link; nil for an object with bytes.
  public var link: Link?
  /// Its bucket.
  public var bucket: String
  /// The name of its chunks.
  public var nuid: String
  /// Its length in bytes.
  public var size: Int64
  /// The number of its chunks.
  public var chunkCount: Int64
  /// The SHA-256 of its bytes; nil if none is recorded.
  public var digest: [UInt8]?
  /// Whether it is deleted.
  public var isDeleted = false
  /// When it was stored, in nanoseconds since 1970.
  public var time: Int64 = 0
  /// The sequence of its description. It changes when the description changes.
  public var sequence: Int64 = 0

  /// Its name.
  public var name: String { metadata.name }
}

extension ObjectInfo {
  private static let digestName = "SHA-256="

  /// The description in its stored form.
  var json: JSONValue {
    var members: [(String, JSONValue)] = [("name", .text(metadata.name))]
    if let description = metadata.description { members.append(("description", .text(description))) }
    if !metadata.headers.isEmpty {
      let headers = metadata.headers.sorted { $0.key < $1.key }
      members.append(("headers", .object(headers.map { ($0.key, .array($0.value.map { .text($0) })) })))
    }
    if !metadata.metadata.isEmpty {
      let metadata = metadata.metadata.sorted { $0.key < $1.key }
      members.append(("metadata", .object(metadata.map { ($0.key, .text($0.value)) })))
    }
    var options: [(String, JSONValue)] = []
    if let link {
      var parts: [(String, JSONValue)] = [("bucket", .text(link.bucket))]
      if let name = link.name { parts.append(("name", .text(name))) }
      options.append(("link", .object(parts)))
    }
    if let chunkSize = metadata.chunkSize { options.append(("max_chunk_size", .count(chunkSize))) }
    if !options.isEmpty { members.append(("options", .object(options))) }
    members += [
      ("bucket", .text(bucket)), ("nuid", .text(nuid)), ("size", .number(size)),
      ("mtime", .text("0001-01-01T00:00:00Z")),
      ("chunks", .number(chunkCount)),
    ]
    if let digest {
      let text = Base64.encoded(digest, isForURLs: true, isPadded: true)
      members.append(("digest", .text(ObjectInfo.digestName + text)))
    }
    if isDeleted { members.append(("deleted", .boolean(true))) }
    return .object(members)
  }

  /// Parses a description; nil for anything else.
  init?(_ payload: ByteBuffer, time: Int64, sequence: Int64) {
    guard let json = JSONValue(parsing: payload.readableBytesView), let name = json["name"]?.text else {
      return nil
    }
    var metadata = ObjectMetadata(name: name)
    metadata.description = json["description"]?.text
    if case .object(let headers)? = json["headers"] {
      for (name, values) in headers {
        // Some clients write a single value as text.
        if case .array(let values) = values { metadata.headers[name] = values.compactMap(\.text) }
        if case .text(let value) = values { metadata.headers[name] = [value] }
      }
    }
    if case .object(let notes)? = json["metadata"] {
      for (name, value) in notes { metadata.metadata[name] = value.text }
    }
    metadata.chunkSize = json["options"]?["max_chunk_size"]?.number.flatMap { Int(exactly: $0) }
    self.metadata = metadata
    link = json["options"]?["link"].flatMap { link in
      link["bucket"]?.text.map { Link(bucket: $0, name: link["name"]?.text) }
    }
    bucket = json["bucket"]?.text ?? ""
    nuid = json["nuid"]?.text ?? ""
    size = json["size"]?.number ?? 0
    chunkCount = json["chunks"]?.number ?? 0
    guard size >= 0, chunkCount >= 0 else { return nil }
    if let text = json["digest"]?.text, text.lowercased().hasPrefix(ObjectInfo.digestName.lowercased()) {
      digest = Base64.decoded(String(text.dropFirst(ObjectInfo.digestName.count)))
    }
    if case .boolean(true)? = json["deleted"] { isDeleted = true }
    self.time = time
    self.sequence = sequence
  }
}
