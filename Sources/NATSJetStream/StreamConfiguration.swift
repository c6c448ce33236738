public import JSONText

/// What a stream keeps, and how (`STREAM.CREATE`).
///
/// What is nil is not sent: strict servers refuse fields that they do not know, and older ones ignore them.
public struct StreamConfiguration: Sendable {
  /// What happens to a new message where the stream is full.
  public enum Discard: String, Sendable {
    /// An old message goes.
    case old
    /// It is refused.
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
    /// What the servers must be tagged with.
    public var tags: [String]

    /// Says where.
    public init(cluster: String = "", tags: [String] = []) {
      self.cluster = cluster
      self.tags = tags
    }
  }

  /// A rule that publishes what is stored again under another subject.
  public struct Republish: Hashable, Sendable {
    /// Which subjects; empty for all.
    public var source: String
    /// As which subject.
    public var destination: String
    /// Whether without the payload.
    public var onlyHeaders: Bool

    /// Makes a rule.
    public init(source: String, destination: String, onlyHeaders: Bool = false) {
      self.source = source
      self.destination = destination
      self.onlyHeaders = onlyHeaders
    }
  }

  /// The name.
  public var name: String
  /// The subjects whose messages it keeps; none for a mirror.
  public var subjects: [String]
  /// What it is for.
  public var description: String?
  /// What happens to a new message where the stream is full.
  public var discard: Discard?
  /// Where messages are kept.
  public var storage = Storage.file
  /// How many servers keep it.
  public var replicas = 1
  /// The most messages of a subject; -1 for any number.
  public var messagesPerSubject: Int64?
  /// The most bytes of the stream; -1 for any number.
  public var byteLimit: Int64?
  /// The most bytes of a message with its headers; -1 for any number.
  public var messageByteLimit: Int64?
  /// How long a message is kept; zero for ever.
  public var age: Duration?
  /// How long the id of a message is remembered, so that it is stored once.
  public var duplicateWindow: Duration?
  /// Whether a message may delete those before it (`Nats-Rollup`).
  public var allowsRollup: Bool?
  /// Whether single messages cannot be deleted.
  public var deniesDelete: Bool?
  /// Whether messages cannot be purged.
  public var deniesPurge: Bool?
  /// Whether any server that keeps it answers reads.
  public var allowsDirect: Bool?
  /// Whether a mirror answers reads for its origin.
  public var mirrorsDirect: Bool?
  /// Whether a message may say how long it is kept (`Nats-TTL`).
  public var allowsMessageTTL: Bool?
  /// Whether several messages can be stored together or not at all.
  public var allowsAtomicPublish: Bool?
  /// How long a marker is kept that takes the place of what expired.
  public var deleteMarkerTTL: Duration?
  /// `s2` or `none`.
  public var compression: String?
  /// Where its copies are placed.
  public var placement: Placement?
  /// How what is stored is published again.
  public var republish: Republish?
  /// The stream of which it is a copy.
  public var mirror: StreamSource?
  /// The streams whose messages it takes besides.
  public var sources: [StreamSource]?
  /// What the owner notes; names that begin with `_nats.` are the server's.
  public var metadata: [String: String]?
  /// Whether nothing can be changed any more.
  public var isSealed: Bool?
  /// Fields that the server answered and that stand in none of the others; an update sends them back.
  public var others: [(String, JSONValue)] = []

  /// Keeps what is published to some subjects.
  public init(name: String, subjects: [String]) {
    self.name = name
    self.subjects = subjects
  }
}

/// Another stream from which one takes messages.
public struct StreamSource: Hashable, Sendable {
  /// How a stream of another domain or account is reached.
  public struct External: Hashable, Sendable {
    /// Begins the subjects of requests there.
    public var apiPrefix: String
    /// Begins the subjects to which it delivers; empty for none.
    public var deliverPrefix: String

    /// Says how.
    public init(apiPrefix: String, deliverPrefix: String = "") {
      self.apiPrefix = apiPrefix
      self.deliverPrefix = deliverPrefix
    }
  }

  /// A rule that gives messages another subject.
  public struct Transform: Hashable, Sendable {
    /// Which subjects.
    public var source: String
    /// The subject that they get.
    public var destination: String

    /// Makes a rule.
    public init(source: String, destination: String) {
      self.source = source
      self.destination = destination
    }
  }

  /// The name of the stream.
  public var name: String
  /// The sequence with which it begins; nil for the first.
  public var startSequence: Int64?
  /// Only messages of this subject.
  public var filter: String?
  /// How it is reached; nil where it is of the same account and domain.
  public var external: External?
  /// The subjects that its messages get; nil for their own.
  public var transforms: [Transform]?

  /// Names a stream.
  public init(name: String) { self.name = name }
}
