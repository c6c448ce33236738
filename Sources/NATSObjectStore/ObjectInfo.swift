internal import JSONText
internal import NATSCore
internal import NATSJetStream
internal import NIOCore

/// What is said of an object besides its bytes (ADR-20).
public struct ObjectMetadata: Hashable, Sendable {
  /// Its name, any text.
  public var name: String
  /// What it is; nil where nothing is said.
  public var description: String?
  /// Headers, each with its values.
  public var headers: [String: [String]] = [:]
  /// What its owner notes.
  public var metadata: [String: String] = [:]
  /// The length of its parts in bytes; nil for the customary one.
  public var chunkSize: Int?

  /// Names an object.
  public init(name: String) { self.name = name }
}

/// An object of a bucket (ADR-20).
public struct ObjectInfo: Hashable, Sendable {
  /// What an object stands for instead of having bytes.
  public struct Link: Hashable, Sendable {
    /// The bucket.
    public let bucket: String
    /// The object in it; nil for the whole bucket.
    public let name: String?
  }

  /// What is said of it.
  public var metadata: ObjectMetadata
  /// What it stands for; nil where it has bytes.
  public var link: Link?
  /// Its bucket.
  public var bucket: String
  /// The name of its parts.
  public var nuid: String
  /// Its length in bytes.
  public var size: Int64
  /// How many parts it has.
  public var chunkCount: Int64
  /// The SHA-256 of its bytes; nil where none is noted.
  public var digest: [UInt8]?
  /// Whether it is no more.
  public var isDeleted = false
  /// When it was stored, in nanoseconds since 1970.
  public var time: Int64 = 0
  /// The sequence of its description, which changes with it.
  public var sequence: Int64 = 0

  /// Its name.
  public var name: String { metadata.name }
}

extension ObjectInfo {
  private static let digestName = "SHA-256="

  /// The description as it is stored.
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

  /// Reads a description; nil for anything else.
  init?(_ payload: ByteBuffer, time: Int64, sequence: Int64) {
    guard let json = JSONValue(parsing: payload.readableBytesView), let name = json["name"]?.text else {
      return nil
    }
    var metadata = ObjectMetadata(name: name)
    metadata.description = json["description"]?.text
    if case .object(let headers)? = json["headers"] {
      for (name, values) in headers {
        // Some clients write a single value as a text.
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
