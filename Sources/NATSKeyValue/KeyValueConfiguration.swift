public import NATSJetStream

/// How a bucket is set up.
public struct KeyValueConfiguration: Sendable {
  /// Its name: letters, digits, `-` and `_`.
  public var bucket: String
  /// What it is for.
  public var description: String?
  /// How many values of a key it keeps, the newest one counted; 64 at most, and 1 for anything below.
  public var history = 1
  /// How long a value is kept; zero for ever.
  public var age = Duration.zero
  /// The most bytes of a value with its headers; nil for as many as the server takes.
  public var valueByteLimit: Int64?
  /// The most bytes of the bucket; nil for any number. A full bucket refuses what comes.
  public var byteLimit: Int64?
  /// Where values are kept; that cannot be changed.
  public var storage = StreamConfiguration.Storage.file
  /// How many servers keep it.
  public var replicas = 1
  /// Where copies are placed; nil for anywhere.
  public var placement: StreamConfiguration.Placement?
  /// How what is stored is published again; nil for not at all.
  public var republish: StreamConfiguration.Republish?
  /// Whether the server compresses what it keeps.
  public var isCompressed = false
  /// What its owner notes. Names that begin with `_nats.` are the server's.
  public var metadata: [String: String]?
  /// How long a marker is kept that takes the place of a value that expired, one second at least; nil for no markers.
  /// Only with it can a key say how long it lives. It cannot be taken back.
  public var limitMarkers: Duration?
  /// Whether several writes can be done together or not at all; nil to leave it to the server.
  public var allowsAtomicPublish: Bool?
  /// The bucket of which it is a copy, named with or without `KV_`; nil for a bucket of its own.
  public var mirror: StreamSource?
  /// Whether a copy answers reads for its origin; nil for what is customary, which is that a copy does.
  public var mirrorsDirect: Bool?
  /// The buckets whose keys it takes besides, named with or without `KV_`. Unless a source says which subjects its
  /// messages get, they get the keys that they have there.
  public var sources: [StreamSource] = []

  /// The longest history.
  public static let historyLimit = 64
  static let streamPrefix = "KV_"

  /// Names a bucket.
  public init(bucket: String) { self.bucket = bucket }

  /// The name of the stream that keeps a bucket.
  static func stream(of bucket: String) -> String {
    bucket.hasPrefix(streamPrefix) ? bucket : streamPrefix + bucket
  }

  /// The name of the bucket that a stream keeps.
  static func bucket(of stream: String) -> String {
    stream.hasPrefix(streamPrefix) ? String(stream.dropFirst(streamPrefix.count)) : stream
  }

  /// Begins the subjects of the keys of a bucket.
  static func prefix(of bucket: String) -> String { "$KV.\(bucket)." }

  /// The stream that keeps the bucket.
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

  /// Has the keys of another bucket be keys of this one (ADR-57).
  private func subjectsMoved(_ source: StreamSource) -> StreamSource {
    guard source.transforms == nil else { return source }
    var moved = source
    moved.name = KeyValueConfiguration.stream(of: source.name)
    let origin = KeyValueConfiguration.prefix(of: KeyValueConfiguration.bucket(of: source.name))
    let filter = source.filter ?? origin + ">"
    guard filter.hasPrefix(origin) else { return moved }
    // A server takes either the filter or what becomes of subjects, and the latter is a filter too.
    moved.filter = nil
    let destination =
      KeyValueConfiguration.prefix(of: bucket)
      + KeyValueConfiguration.numbered(filter.dropFirst(origin.count))
    moved.transforms = [StreamSource.Transform(source: filter, destination: destination)]
    return moved
  }

  /// Names each `*` of a pattern by its number, as destinations of transforms do.
  private static func numbered(_ pattern: Substring) -> String {
    var number = 0
    let tokens = pattern.split(separator: ".", omittingEmptySubsequences: false).map { token in
      guard token == "*" else { return String(token) }
      number += 1
      return "{{wildcard(\(number))}}"
    }
    return tokens.joined(separator: ".")
  }

  /// Reads how a bucket is set up off its stream.
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
