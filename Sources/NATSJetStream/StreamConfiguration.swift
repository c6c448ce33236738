public import JSONText

/// The configuration of a stream (`STREAM.CREATE`).
///
/// Fields that are nil are not sent: strict servers refuse unknown fields, and older servers ignore them.
public struct StreamConfiguration: Sendable {
  /// What the server does with a new message if the stream is full.
  public enum Discard: String, Sendable {
    /// It deletes an old message.
    case old
    /// It refuses the new message.
    case new
  }

  /// Where messages are kept.
  public enum Storage: String, Sendable {
    case file
    case memory
  }

  /// Where copies of a stream are placed.
  public struct Placement: Hashable, Sendable {
    /// The cluster; empty for any.
    public var cluster: String
    /// The tags that the servers must have.
    public var tags: [String]

    /// Creates a placement.
    public init(cluster: String = "", tags: [String] = []) {
      self.cluster = cluster
      self.tags = tags
    }
  }

  /// A rule that publishes stored messages again with another subject.
  public struct Republish: Hashable, Sendable {
    /// The subjects to publish again; empty for all.
    public var source: String
    /// The new subject.
    public var destination: String
    /// Whether to leave out the payload.
    public var onlyHeaders: Bool

    /// Creates a rule.
    public init(source: String, destination: String, onlyHeaders: Bool = false) {
      self.source = source
      self.destination = destination
      self.onlyHeaders = onlyHeaders
    }
  }

  /// The name.
  public var name: String
  /// The subjects whose messages it stores; none for a mirror.
  public var subjects: [String]
  /// A description for people.
  public var description: String?
  /// What the server does with a new message if the stream is full.
  public var discard: Discard?
  /// Where messages are kept.
  public var storage = Storage.file
  /// The number of servers that keep it.
  public var replicas = 1
  /// The most messages of a subject; -1 for no limit.
  public var messagesPerSubject: Int64?
  /// The most bytes of the stream; -1 for no limit.
  public var byteLimit: Int64?
  /// The most bytes of a message with its headers; -1 for no limit.
  public var messageByteLimit: Int64?
  /// How long a message is kept; zero for no limit.
  public var age: Duration?
  /// How long the id of a message is remembered to detect duplicates.
  public var duplicateWindow: Duration?
  /// Whether a message may delete the messages before it (`Nats-Rollup`).
  public var allowsRollup: Bool?
  /// Whether deleting single messages is forbidden.
  public var deniesDelete: Bool?
  /// Whether purging messages is forbidden.
  public var deniesPurge: Bool?
  /// Whether any server that keeps the stream may answer reads.
  public var allowsDirect: Bool?
  /// Whether a mirror may answer reads for its origin.
  public var mirrorsDirect: Bool?
  /// Whether a message may have a time to live (`Nats-TTL`).
  public var allowsMessageTTL: Bool?
  /// Whether several messages can be stored together or not at all.
  public var allowsAtomicPublish: Bool?
  /// How long the marker of an expired message is kept.
  public var deleteMarkerTTL: Duration?
  /// `s2` or `none`.
  public var compression: String?
  /// Where its copies are placed.
  public var placement: Placement?
  /// The rule that publishes stored messages again.
  public var republish: Republish?
  /// The stream that this stream is a mirror of.
  public var mirror: StreamSource?
  /// Further streams whose messages are copied into this one.
  public var sources: [StreamSource]?
  /// The owner's own metadata; names that begin with `_nats.` are reserved for the server.
  public var metadata: [String: String]?
  /// Whether the stream can no longer be changed.
  public var isSealed: Bool?
  /// Fields in the server's response that this type does not have. An update sends them back.
  public var others: [(String, JSONValue)] = []

  /// Creates a configuration for a stream with subjects.
  public init(name: String, subjects: [String]) {
    self.name = name
    self.subjects = subjects
  }
}

/// Another stream whose messages are copied.
public struct StreamSource: Hashable, Sendable {
  /// The prefixes to reach a stream of another domain or account.
  public struct External: Hashable, Sendable {
    /// The prefix of the subjects of requests to it.
    public var apiPrefix: String
    /// The prefix of the subjects to which it delivers; empty for none.
    public var deliverPrefix: String

    /// Creates the prefixes.
    public init(apiPrefix: String, deliverPrefix: String = "") {
      self.apiPrefix = apiPrefix
      self.deliverPrefix = deliverPrefix
    }
  }

  /// A rule that changes the subject of messages.
  public struct Transform: Hashable, Sendable {
    /// The subjects to change.
    public var source: String
    /// The new subject.
    public var destination: String

    /// Creates a rule.
    public init(source: String, destination: String) {
      self.source = source
      self.destination = destination
    }
  }

  /// The name of the stream.
  public var name: String
  /// The first sequence to copy; nil for the first one.
  public var startSequence: Int64?
  /// Copies only messages of this subject.
  public var filter: String?
  /// The prefixes to reach the stream; nil if it is in the same account and domain.
  public var external: External?
  /// The new subjects of its messages; nil to keep their subjects.
  public var transforms: [Transform]?

  /// Creates a source with the name of a stream.
  public init(name: String) { self.name = name }
}
