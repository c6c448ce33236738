internal import FoundationEssentials
internal import HTTPTypes
internal import JSONText

/// Parses the body of a bulk write, an array of objects, while it arrives.
///
/// It keeps in memory at most one value as it was sent and the complete pairs that were not taken yet.
struct BulkWriteReader: Sendable {
  private var reader = JSONEventReader()
  private var pair = Pair()
  private var depth = 0
  private var member: String?
  private var failure: KVFailure?
  /// The complete pairs that were not taken yet.
  private(set) var pairs: [KVNewEntry] = []
  /// The total length of the values in `pairs` in bytes.
  private(set) var byteCount = 0
  /// The number of pairs that were read.
  private(set) var count = 0
  private let now: Int

  /// The maximum length of a value in base64.
  private static let textLimit = (KVLimits.valueLength + 2) / 3 * 4

  /// An incomplete pair.
  private struct Pair: Sendable {
    var key: [UInt8]?
    var value: PieceList?
    var isBase64 = false
    var metadata: CompactJSON?
    var expiration: Int?
    var time: Int?
  }

  /// Creates a reader.
  ///
  /// - Parameter now: The current time, in seconds since 1970.
  init(now: Int) { self.now = now }

  /// Reads the next part of the body.
  ///
  /// - Throws: `KVFailure` at the first error.
  mutating func read(_ bytes: [UInt8]) throws(KVFailure) {
    var events = reader
    do throws(JSONEventReader.Malformed) {
      try events.read(bytes) { note($0) }
    } catch {
      throw failure ?? .invalid("the body is not valid JSON at byte \(error.offset)")
    }
    reader = events
    if let failure { throw failure }
  }

  /// Ends the body.
  ///
  /// - Throws: `KVFailure` if the body is incomplete.
  mutating func finish() throws(KVFailure) {
    var events = reader
    do throws(JSONEventReader.Malformed) {
      try events.finish { note($0) }
    } catch {
      throw failure ?? .invalid("the body is truncated, or is not an array")
    }
    if let failure { throw failure }
  }

  /// Removes and returns the complete pairs.
  mutating func takePairs() -> [KVNewEntry] {
    defer { (pairs, byteCount) = ([], 0) }
    return pairs
  }

  // MARK: Events

  private mutating func note(_ event: JSONEventReader.Event) {
    guard failure == nil else { return }
    do throws(KVFailure) { try take(event) } catch { failure = error }
  }

  private mutating func take(_ event: JSONEventReader.Event) throws(KVFailure) {
    switch depth {
    case 0:
      guard case .beginArray = event else { throw .invalid("the body must be an array of pairs") }
      depth = 1
    case 1:
      switch event {
      case .beginObject: (depth, pair) = (2, Pair())
      case .endArray: depth = 0
      default: throw .invalid("a pair must be an object")
      }
    case 2: try takeMember(event)
    default: takeNested(event)
    }
  }

  private mutating func takeMember(_ event: JSONEventReader.Event) throws(KVFailure) {
    switch event {
    case .name(let name): begin(member: name)
    case .endObject:
      depth = 1
      try endPair()
    case .beginObject, .beginArray:
      guard !BulkWriteReader.scalars.contains(member ?? "") else { throw wrongType }
      depth += 1
      pair.metadata?.add(event, if: member == "metadata")
    case .text(let part): try take(text: part)
    case .endText:
      guard member != "base64", member != "expiration", member != "expiration_ttl" else { throw wrongType }
      pair.metadata?.add(event, if: member == "metadata")
    case .literal(let literal): try take(literal: literal)
    case .endArray: break
    }
  }

  private static let scalars: Set<String> = ["key", "value", "base64", "expiration", "expiration_ttl"]

  private mutating func begin(member name: String) {
    member = name
    switch name {
    case "key": pair.key = []
    case "value": pair.value = PieceList()
    case "metadata": pair.metadata = CompactJSON(limit: KVLimits.metadataLength)
    default: break
    }
  }

  private mutating func take(text part: ArraySlice<UInt8>) throws(KVFailure) {
    switch member {
    case "key":
      // Longer keys are cut: the error message says only that the key is too long.
      if pair.key?.count ?? 0 <= KVLimits.keyLength { pair.key?.append(contentsOf: part) }
    case "value":
      guard (pair.value?.count ?? 0) + part.count <= BulkWriteReader.textLimit else {
        throw .invalid("a value is longer than \(KVLimits.valueLength) bytes", .contentTooLarge)
      }
      pair.value?.append(part)
    case "metadata": pair.metadata?.add(.text(part))
    default: break
    }
  }

  private mutating func take(literal: String) throws(KVFailure) {
    switch member {
    case "key", "value": throw wrongType
    case "base64" where literal == "true" || literal == "false": pair.isBase64 = literal == "true"
    case "base64" where literal != "null": throw wrongType
    case "expiration" where literal != "null": pair.expiration = try seconds(literal)
    case "expiration_ttl" where literal != "null": pair.time = try seconds(literal)
    case "metadata" where literal == "null": pair.metadata = nil
    case "metadata": pair.metadata?.add(.literal(literal))
    default: break
    }
  }

  private func seconds(_ literal: String) throws(KVFailure) -> Int {
    guard let number = Int(literal), number >= 0 else { throw wrongType }
    return number
  }

  private mutating func takeNested(_ event: JSONEventReader.Event) {
    switch event {
    case .beginObject, .beginArray: depth += 1
    case .endObject, .endArray: depth -= 1
    default: break
    }
    pair.metadata?.add(event, if: member == "metadata")
  }

  private var wrongType: KVFailure { .invalid("\(member ?? "a member") has the wrong type") }

  // MARK: The end of a pair

  private mutating func endPair() throws(KVFailure) {
    // `text` must be the only reference, so that each piece is freed after it is decoded.
    var text = pair.value
    pair.value = nil
    let ended = pair
    pair = Pair()
    count += 1
    guard count <= KVLimits.pairsPerCall else {
      throw .invalid("there are more than \(KVLimits.pairsPerCall) pairs")
    }
    guard let key = ended.key, text != nil else { throw .invalid("a pair must have a key and a value") }
    try KVLimits.check(key: key)
    if ended.isBase64 { try BulkWriteReader.decode(&text) }
    guard let value = text else { return }
    try KVLimits.check(valueLength: value.count)
    if ended.metadata?.isTooLong == true {
      throw .invalid(
        "Metadata of a key is longer than the limit of \(KVLimits.metadataLength).", .contentTooLarge)
    }
    byteCount += value.count
    pairs.append(
      KVNewEntry(
        key: key, value: .pieces(value.pieces), metadata: ended.metadata?.bytes,
        expiration: try KVLimits.expiration(ended.expiration, time: ended.time, now: now)))
  }

  /// Replaces the base64 (RFC 4648, section 4, with padding) with the decoded bytes.
  private static func decode(_ text: inout PieceList?) throws(KVFailure) {
    var decoded = PieceList()
    var isPadded = false
    // The length of each piece but the last one is a multiple of 4, so that each can be decoded by itself.
    while let piece = text?.popFirst() {
      guard !isPadded, let bytes = Data(base64Encoded: Data(piece)) else {
        throw .invalid("a value is not valid base64")
      }
      isPadded = bytes.count < piece.count / 4 * 3
      decoded.append([UInt8](bytes)[...])
    }
    text = decoded
  }
}

extension CompactJSON {
  /// Adds an event if it is a part of the value.
  fileprivate mutating func add(_ event: JSONEventReader.Event, if isPart: Bool) {
    if isPart { add(event) }
  }
}
