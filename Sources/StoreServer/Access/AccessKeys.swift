internal import ModuleStore

/// The keys that a server knows.
///
/// It has only the digests of their secrets.
public struct AccessKeys: Sendable {
  private var entries: [Entry]

  /// A key with the digest of its secret.
  struct Entry: Sendable {
    let digest: SecretDigest
    let key: AccessKey
  }

  /// Creates an empty set of keys.
  public init() { entries = [] }

  init(_ entries: [Entry]) { self.entries = entries }

  /// Reads the format of the older tool, `KEY:METHOD,METHOD;KEY:METHOD`.
  ///
  /// The list `*` allows all methods. If a key occurs twice, the last entry is used.
  ///
  /// - Throws: `AccessError.invalidEntry`, which does not contain the key.
  public init(specification: String) throws(AccessError) {
    self.init()
    for (index, entry) in specification.split(separator: ";", omittingEmptySubsequences: false).enumerated() {
      let number = index + 1
      guard let colon = entry.firstIndex(of: ":") else {
        throw .invalidEntry(number: number, reason: entry.isEmpty ? "it is empty" : "it has no colon")
      }
      let secret = entry[..<colon]
      if let reason = AccessKeys.objection(to: secret) { throw .invalidEntry(number: number, reason: reason) }
      do {
        let methods = try AccessMethods(String(entry[entry.index(after: colon)...]))
        insert(Entry(digest: SecretDigest(of: secret.utf8), key: AccessKey(methods: methods)))
      } catch {
        throw .invalidEntry(number: number, reason: error.reason)
      }
    }
  }

  /// Returns why a header cannot contain a secret (RFC 9110, section 5.5); nil if it can.
  private static func objection(to secret: Substring) -> String? {
    if secret.isEmpty { return "the key is empty" }
    if secret.utf8.contains(where: { $0 < 0x20 || $0 == 0x7f }) { return "the key has a control character" }
    return secret.first == " " || secret.last == " " ? "the key begins or ends with a blank" : nil
  }

  /// Whether there are no keys.
  public var isEmpty: Bool { entries.isEmpty }

  /// The keys, in the order in which they were added.
  public var keys: [AccessKey] { entries.map(\.key) }

  /// Adds other keys.
  ///
  /// A key with the same secret is replaced.
  public mutating func add(_ others: AccessKeys) {
    for entry in others.entries { insert(entry) }
  }

  private mutating func insert(_ entry: Entry) {
    entries.removeAll { $0.digest.difference(from: entry.digest) == 0 }
    entries.append(entry)
  }

  /// Returns the key with a secret, even if it has expired; nil if there is none.
  ///
  /// Every byte of every key is compared, so that the time does not reveal which keys exist.
  public func key(for secret: some Sequence<UInt8>) -> AccessKey? {
    let digest = SecretDigest(of: secret)
    var found = entries.count
    for index in entries.indices {
      // All bits are one if the digests are equal, otherwise zero. There is no branch.
      let mask = (Int(entries[index].digest.difference(from: digest)) - 1) >> (Int.bitWidth - 1)
      found = (found & ~mask) | (index & mask)
    }
    return found == entries.count ? nil : entries[found].key
  }
}
