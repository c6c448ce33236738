public import JSONText

/// A value that is stored under a key.
public struct StoredValue: Sendable {
  /// The key.
  public let key: String
  /// The value.
  public let bytes: [UInt8]
  /// What goes along with it, as JSON text.
  public let metadata: String
}

/// Where is published: what keeps values, and what keeps heads. Each call waits for its answer.
public protocol PublishTarget {
  /// The requests that were sent so far.
  var requestCount: Int { get }

  /// The requests that storing takes besides those that store. Sends only what reads.
  func requestsToPrepare() throws -> Int

  /// Reads a value; nil where there is none.
  func value(_ key: String) throws -> [UInt8]?

  /// Stores values in one request.
  func store(_ values: [StoredValue]) throws

  /// Stores one value that is too large to go along with others.
  func storeAlone(_ value: StoredValue) throws

  /// Asks what keeps the heads; with a body, to do something.
  func head(_ path: String, _ body: JSONValue?) throws -> JSONValue

  /// Whether an error says that the head was moved by somebody else.
  func isMove(_ error: any Error) -> Bool
}
