internal import NATSCore
internal import NATSJetStream
internal import WorkersKV

/// A pair of buckets on a NATS server: `nats://HOST[:PORT]/BUCKET`, or `tls://…`. Several servers of a cluster may be
/// named, separated by commas.
struct NATSTarget {
  let options: NATSOptions
  let bucket: String
  /// What tells it from others.
  let address: String

  /// Reads a target; nil for one of another scheme.
  ///
  /// - Throws: `KVError.invalidTarget`.
  init?(_ text: String) throws(KVError) {
    guard let mark = text.firstRange(of: "://") else { return nil }
    let scheme = text[..<mark.lowerBound].lowercased()
    guard scheme == "nats" || scheme == "tls" else { return nil }
    guard !text.contains("@") else {
      throw .invalidTarget("\(scheme)://…", reason: "a password must not stand in a URL")
    }
    let parts = text[mark.upperBound...].split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count == 2, !parts[1].isEmpty,
      parts[1].utf8.allSatisfy({
        0x30...0x39 ~= $0 || 0x41...0x5a ~= $0 || 0x61...0x7a ~= $0 || $0 == 0x2d || $0 == 0x5f
      })
    else {
      throw .invalidTarget(
        text, reason: "it has to be \(scheme)://HOST:PORT/BUCKET, of letters, digits, - and _")
    }
    do throws(NATSError) {
      options = try NATSOptions(
        urls: parts[0].split(separator: ",").map { "\(scheme)://\($0)" }.joined(separator: ","))
    } catch {
      throw .invalidTarget(text, reason: "\(error)")
    }
    bucket = String(parts[1])
    address = text
  }
}
