/// The address of a server.
public struct NATSServerAddress: Sendable, Hashable, CustomStringConvertible {
  /// The port that is used if none is given.
  public static let standardPort = 4222

  /// A name, or an address without brackets.
  public let host: String
  /// The port.
  public let port: Int

  /// Creates an address.
  public init(host: String, port: Int = NATSServerAddress.standardPort) {
    self.host = host
    self.port = port
  }

  /// Parses `HOST`, `HOST:PORT` or `[ADDRESS]:PORT`; nil for anything else.
  public init?(_ text: String) {
    var host = text[...]
    var rest: Substring?
    if text.hasPrefix("[") {
      guard let end = text.firstIndex(of: "]") else { return nil }
      host = text[text.index(after: text.startIndex)..<end]
      rest = text[text.index(after: end)...]
    } else if let colon = text.firstIndex(of: ":") {
      host = text[..<colon]
      rest = text[colon...]
    }
    guard !host.isEmpty, host.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f && $0 != 0x2f && $0 != 0x40 }) else {
      return nil
    }
    self.host = String(host)
    guard let rest, !rest.isEmpty else {
      port = NATSServerAddress.standardPort
      return
    }
    guard rest.hasPrefix(":"), rest.utf8.dropFirst().allSatisfy({ 0x30...0x39 ~= $0 }),
      let port = UInt16(rest.dropFirst()), port > 0
    else { return nil }
    self.port = Int(port)
  }

  /// The host and the port, as in a URL.
  public var description: String { host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)" }
}

/// The parts of a URL such as `tls://user:password@host:4222`.
struct NATSServerURL {
  let address: NATSServerAddress
  let isSecure: Bool
  let authentication: NATSAuthentication?

  init(_ text: String) throws(NATSError) {
    var rest = text[...]
    var scheme = "nats"
    if let mark = text.firstRange(of: "://") {
      scheme = text[..<mark.lowerBound].lowercased()
      rest = text[mark.upperBound...]
    }
    guard scheme == "nats" || scheme == "tls" else { throw .invalidURL(NATSServerURL.shown(text)) }
    isSecure = scheme == "tls"
    var login: NATSAuthentication?
    if let at = rest.lastIndex(of: "@") {
      let parts = rest[..<at].split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      let words = parts.map { NATSServerURL.unescaped($0) }
      login = words.count == 2 ? .user(words[0], password: words[1]) : .token(words[0])
      rest = rest[rest.index(after: at)...]
    }
    authentication = login
    if rest.hasSuffix("/") { rest.removeLast() }
    guard let address = NATSServerAddress(String(rest)) else { throw .invalidURL(NATSServerURL.shown(text)) }
    self.address = address
  }

  /// The URL without what proves who we are.
  private static func shown(_ text: String) -> String {
    guard let at = text.lastIndex(of: "@") else { return text }
    let scheme = text.firstRange(of: "://").map { text[..<$0.upperBound] } ?? ""
    return scheme + "…" + text[at...]
  }

  private static func unescaped(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      if byte == 0x25, rest.count >= 2,
        let value = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
      {
        bytes.append(value)
        rest.removeFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
