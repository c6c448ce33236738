public import NATSJetStream

/// The configuration of a bucket.
public struct KeyValueConfiguration: Sendable {
  /// Its name: letters, digits, `-` and `_`.
  public var bucket: String
  /// A description for people.
  public var description: String?
  /// The number of values that are kept for each key, including the newest: at most 64; numbers below 1 count as 1.
  public var history = 1
  /// How long a value is kept; zero for no limit.
  public var age = Duration.zero
  /// The most bytes of a value with its headers; nil for the server's limit.
  public var valueByteLimit: Int64?
  /// The most bytes of the bucket; nil for no limit. A full bucket refuses new values.
  public var byteLimit: Int64?
  /// Where values are kept. This cannot be changed.
  public var storage = StreamConfiguration.Storage.file
  /// The number of servers that keep it.
  public var replicas = 1
  /// Where its copies are placed; nil for anywhere.
  public var placement: StreamConfiguration.Placement?
  /// The rule that publishes stored messages again; nil for none.
  public var republish: StreamConfiguration.Republish?
  /// Whether the server compresses the stored data.
  public var isCompressed = false
  /// The owner's own metadata. Names that begin with `_nats.` are reserved for the server.
  public var metadata: [String: String]?
  /// How long the marker of an expired value is kept, at least one second; nil for no markers.
  ///
  /// Keys can have a time to live only with this setting. It cannot be removed.
  public var limitMarkers: Duration?
  /// Whether several writes can be made together or not at all; nil for the server's default.
  public var allowsAtomicPublish: Bool?
  /// The bucket that this bucket is a mirror of, named with or without `KV_`; nil for none.
  public var mirror: StreamSource?
  /// Whether a mirror answers reads for its origin; nil for the default, which is that it does.
  public var mirrorsDirect: Bool?
  /// Further buckets whose keys are copied into this one, named with or without `KV_`.
  ///
  /// The keys are the same as in their bucket, unless the source has its own transforms.
  public var sources: [StreamSource] = []

  /// The longest history.
  public static let historyLimit = 64
  static let streamPrefix = "KV_"

  /// Creates a configuration with a name.
  public init(bucket: String) { self.bucket = bucket }

  /// Returns the name of the stream of a bucket.
  static func stream(of bucket: String) -> String {
    bucket.hasPrefix(streamPrefix) ? bucket : streamPrefix + bucket
  }

  /// Returns the name of the bucket of a stream.
  static func bucket(of stream: String) -> String {
    stream.hasPrefix(streamPrefix) ? String(stream.dropFirst(streamPrefix.count)) : stream
  }

  /// Returns the prefix of the subjects of a bucket's keys.
  static func prefix(of bucket: String) -> String { "$KV.\(bucket)." }

  /// The configuration of the bucket's stream.
  ///
  /// - Throws: `KeyValueError.invalidBucket`, `.historyTooLong`.
  var streamConfiguration: StreamConfiguration {
    get throws(KeyValueError) {
      try KeySyntax.check(bucket: bucket)
      guard history <= KeyValueConfiguration.historyLimit else { throw .historyTooLong(history) }
      let subjects = [KeyValueConfiguration.prefix(of: bucket) + ">"]
      var stream = StreamConfiguration(
        name: KeyValueConfiguration.streamPrefix + bucket,
        subjects: mirror == nil && sources.isEmpty ? subjects : [])
      stream.description = description
      stream.discard = .new
      stream.messagesPerSubject = Int64(max(history, 1))
      stream.age = age
      stream.messageByteLimit = valueByteLimit ?? -1
      stream.byteLimit = byteLimit ?? -1
      stream.storage = storage
      stream.replicas = max(replicas, 1)
      stream.placement = placement
      stream.republish = republish
      stream.compression = isCompressed ? "s2" : nil
      stream.metadata = metadata
      stream.allowsRollup = true
      stream.deniesDelete = true
      stream.deniesPurge = false
      stream.allowsDirect = true
      if let limitMarkers {
        stream.allowsMessageTTL = true
        stream.deleteMarkerTTL = limitMarkers
      }
      stream.allowsAtomicPublish = allowsAtomicPublish
      stream.mirrorsDirect = mirrorsDirect ?? (mirror == nil ? nil : true)
      stream.mirror = mirror.map { mirror in
        var mirror = mirror
        mirror.name = KeyValueConfiguration.stream(of: mirror.name)
        return mirror
      }
      stream.sources = sources.isEmpty ? nil : sources.map(subjectsMoved)
      return stream
    }
  }

  /// Changes a source so that the keys of another bucket become keys of this one (ADR-57).
  private func subjectsMoved(_ source: StreamSource) -> StreamSource {
    guard source.transforms == nil else { return source }
    var moved = source
    moved.name = KeyValueConfiguration.stream(of: source.name)
    let origin = KeyValueConfiguration.prefix(of: KeyValueConfiguration.bucket(of: source.name))
    let filter = source.filter ?? origin + ">"
    guard filter.hasPrefix(origin) else { return moved }
    // A server accepts either a filter or transforms, and a transform is a filter too.
    moved.filter = nil
    let destination =
      KeyValueConfiguration.prefix(of: bucket)
      + KeyValueConfiguration.numbered(filter.dropFirst(origin.count))
    moved.transforms = [StreamSource.Transform(source: filter, destination: destination)]
    return moved
  }

  /// Numbers each `*` of a pattern, as destinations of transforms require.
  private static func numbered(_ pattern: Substring) -> String {
    var number = 0
    let tokens = pattern.split(separator: ".", omittingEmptySubsequences: false).map { token in
      guard token == "*" else { return String(token) }
      number += 1
      return "{{wildcard(\(number))}}"
    }
    return tokens.joined(separator: ".")
  }

  /// Derives the configuration of a bucket from its stream.
  init(_ stream: StreamConfiguration) {
    bucket = KeyValueConfiguration.bucket(of: stream.name)
    description = stream.description
    history = Int(clamping: stream.messagesPerSubject ?? 1)
    age = stream.age ?? .zero
    valueByteLimit = stream.messageByteLimit.flatMap { $0 > 0 ? $0 : nil }
    byteLimit = stream.byteLimit.flatMap { $0 > 0 ? $0 : nil }
    storage = stream.storage
    replicas = stream.replicas
    placement = stream.placement
    republish = stream.republish
    isCompressed = stream.compression.map { $0 != "none" } ?? false
    metadata = stream.metadata.map { $0.filter { !$0.key.hasPrefix("_nats.") } }
    limitMarkers = stream.deleteMarkerTTL.flatMap { $0 > .zero ? $0 : nil }
    allowsAtomicPublish = stream.allowsAtomicPublish
    mirror = stream.mirror
    mirrorsDirect = stream.mirrorsDirect
    sources = stream.sources ?? []
  }
}
