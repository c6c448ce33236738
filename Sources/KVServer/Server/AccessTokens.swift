internal import Crypto
internal import FileSystem
public import SystemPackage

/// The tokens that give access to a server.
///
/// Only their digests are kept.
public struct AccessTokens: Sendable {
  private let digests: [SHA256.Digest]

  /// Creates a set from tokens.
  public init(_ tokens: [String]) { digests = tokens.map { SHA256.hash(data: Array($0.utf8)) } }

  /// Reads a file with one token on each line.
  ///
  /// Several tokens make it possible to replace a token without an interruption.
  ///
  /// - Throws: `KVServerError.system`, `.noToken`.
  public init(readingFile path: FilePath) throws(KVServerError) {
    let bytes: [UInt8]?
    do throws(FileError) { bytes = try contents(of: path) } catch {
      throw .system(what: error.summary, reason: "\(error.reason)")
    }
    guard let bytes else { throw .system(what: "open \(path)", reason: "\(Errno.noSuchFileOrDirectory)") }
    let tokens = String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace).map(String.init)
    guard !tokens.isEmpty else { throw .noToken(path.string) }
    self.init(tokens)
  }

  /// Returns whether a header field `Authorization` contains one of the tokens.
  ///
  /// The time does not depend on which one.
  func admit(_ authorization: String?) -> Bool {
    guard let authorization else { return false }
    let parts = authorization.split(separator: " ", maxSplits: 1)
    guard parts.count == 2, parts[0].lowercased() == "bearer" else { return false }
    let shown = SHA256.hash(data: Array(parts[1].utf8))
    return digests.reduce(false) { found, digest in (digest == shown) || found }
  }
}
