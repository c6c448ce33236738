internal import FileSystem
public import Identifiers
public import SystemPackage

/// A move of a reference in its reflog (gitrepository-layout, "logs").
public struct ReflogEntry: Hashable, Sendable {
  /// The old value of the reference; zero if it did not exist.
  public let old: ObjectID
  /// The new value; zero if the reference was deleted.
  public let new: ObjectID
  /// The author and the time of the move.
  public let signature: Signature
  /// The message, on one line.
  public let message: String

  /// Creates an entry from its parts; a line end in the message becomes a space.
  init(old: ObjectID, new: ObjectID, signature: Signature, message: String) {
    self.old = old
    self.new = new
    self.signature = signature
    self.message = String(message.map { $0.isNewline ? " " : $0 })
  }

  /// Parses a line; nil for a torn line.
  init?(_ line: ArraySlice<UInt8>) {
    let fields = line.split(separator: 0x20, maxSplits: 2, omittingEmptySubsequences: false)
    guard fields.count == 3, let old = ObjectID(hexadecimalDigits: fields[0]),
      let new = ObjectID(hexadecimalDigits: fields[1])
    else { return nil }
    self.old = old
    self.new = new
    let parts = fields[2].split(separator: 0x09, maxSplits: 1, omittingEmptySubsequences: false)
    signature = Signature(parsing: parts[0], encoding: .utf8)
    message = parts.count > 1 ? String(decoding: parts[1], as: UTF8.self) : ""
  }

  /// The line, with its end.
  var line: String {
    "\(old) \(new) \(signature.name) <\(signature.mail)> \(signature.seconds) +0000\t\(message)\n"
  }
}

extension ReflogEntry {
  /// The entries of the reflog in a file, oldest first; empty if the file does not exist. Torn lines are skipped.
  public static func entries(in file: FilePath) throws(GitError) -> [ReflogEntry] {
    do throws(FileError) {
      return (try contents(of: file) ?? []).split(separator: 0x0a).compactMap { ReflogEntry($0) }
    } catch {
      // A folder of the reflogs of other references.
      if error.reason == .isDirectory { return [] }
      throw GitError(error)
    }
  }
}

extension Repository {
  /// The entries of a reference's reflog, oldest first; empty if there is no reflog. Torn lines are skipped.
  public func reflog(of name: String) throws(GitError) -> [ReflogEntry] {
    guard Repository.isValidReferenceName(name) else { return [] }
    return try ReflogEntry.entries(in: path.appending("logs").appending(name))
  }
}
