internal import ModuleStore

/// The keys that a server knows. Of their secrets it has digests only.
public struct AccessKeys: Sendable {
  private var entries: [Entry]

  /// A key with the digest of its secret.
  struct Entry: Sendable {
    let digest: SecretDigest
    let key: AccessKey
  }

  /// No keys.
  public init() { entries = [] }

  init(_ entries: [Entry]) { self.entries = entries }

  /// Reads the older tool's form: `KEY:METHOD,METHOD;KEY:METHOD`. A list `*` allows all methods; of equal keys the last
  /// counts.
  ///
  /// - Throws: `AccessError.invalidEntry`, which does not tell the key.
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

  /// Says why no client could show a secret in a header (RFC 9110, section 5.5); nil where one could.
  private static func objection(to secret: Substring) -> String? {
    if secret.isEmpty { return "the key is empty" }
    if secret.utf8.contains(where: { $0 < 0x20 || $0 == 0x7f }) { return "the key has a control character" }
    return secret.first == " " || secret.last == " " ? "there is a blank around the key" : nil
  }

  /// Whether there are none.
  public var isEmpty: Bool { entries.isEmpty }

  /// The keys, in the order in which they came.
  public var keys: [AccessKey] { entries.map(\.key) }

  /// Takes others as well; those of equal secrets take the place of what is there.
  public mutating func add(_ others: AccessKeys) {
    for entry in others.entries { insert(entry) }
  }

  private mutating func insert(_ entry: Entry) {
    entries.removeAll { $0.digest.difference(from: entry.digest) == 0 }
    entries.append(entry)
  }

  /// Finds the key of a secret, whether it has expired or not; nil where there is none.
  ///
  /// Every key is compared, and every byte of it: how long it takes tells nothing about which are there.
  public func key(for secret: some Sequence<UInt8>) -> AccessKey? {
    let digest = SecretDigest(of: secret)
    var found = entries.count
    for index in entries.indices {
      // All ones where the digests are the same, else zero, without a branch.
      let mask = (Int(entries[index].digest.difference(from: digest)) - 1) >> (Int.bitWidth - 1)
      found = (found & ~mask) | (index & mask)
    }
    return found == entries.count ? nil : entries[found].key
  }
}
