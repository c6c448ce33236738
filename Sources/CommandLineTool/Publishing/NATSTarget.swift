internal import NATSCore
internal import NATSJetStream
internal import WorkersKV

/// A pair of buckets on a NATS server: `nats://HOST[:PORT]/BUCKET`, or `tls://…`. Several servers of a cluster may be
/// named, separated by commas; if none is named, a context of the `nats` program names them.
struct NATSTarget {
  /// The options of the connection; nil if a context gives them.
  let options: NATSOptions?
  let bucket: String
  /// The context named by an option.
  var context: String?
  private let text: String

  /// The text that identifies the target.
  var address: String { text + (context.map { " " + $0 } ?? "") }

  /// Parses a target; nil if it has another scheme.
  ///
  /// - Throws: `KVError.invalidTarget`.
  init?(_ text: String) throws(KVError) {
    guard let mark = text.firstRange(of: "://") else { return nil }
    let scheme = text[..<mark.lowerBound].lowercased()
    guard scheme == "nats" || scheme == "tls" else { return nil }
    guard !text.contains("@") else {
      throw .invalidTarget("\(scheme)://…", reason: "a URL must not contain a password")
    }
    let parts = text[mark.upperBound...].split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[1].isEmpty,
      parts[1].utf8.allSatisfy({
        0x30...0x39 ~= $0 || 0x41...0x5a ~= $0 || 0x61...0x7a ~= $0 || $0 == 0x2d || $0 == 0x5f
      })
    else {
      throw .invalidTarget(
        text,
        reason:
          "it does not have the form \(scheme)://HOST:PORT/BUCKET with a BUCKET of letters, digits, - and _")
    }
    (bucket, self.text) = (String(parts[1]), text)
    guard !parts[0].isEmpty || scheme != "nats" else {
      options = nil
      return
    }
    do throws(NATSError) {
      options = try NATSOptions(
        urls: parts[0].split(separator: ",").map { "\(scheme)://\($0)" }.joined(separator: ","))
    } catch {
      throw .invalidTarget(text, reason: "\(error)")
    }
  }
}
