internal import FileSystem
public import Identifiers
public import SystemPackage

/// A move of a reference, as its reflog tells it (gitrepository-layout, "logs").
public struct ReflogEntry: Hashable, Sendable {
  /// What the reference held before; zero where it was not there.
  public let old: ObjectID
  /// What it held after; zero where it went.
  public let new: ObjectID
  /// Who moved it, and when.
  public let signature: Signature
  /// Why, on one line.
  public let message: String

  /// Makes an entry from its parts; a line end in the message becomes a space.
  init(old: ObjectID, new: ObjectID, signature: Signature, message: String) {
    self.old = old
    self.new = new
    self.signature = signature
    self.message = String(message.map { $0.isNewline ? " " : $0 })
  }

  /// Reads a line; nil for one that is torn.
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
  /// The entries of the reflog that is kept in a file, oldest first; none where there is none. Torn lines are passed
  /// over.
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
  /// The entries of a reference's reflog, oldest first; none where there is no reflog. Torn lines are passed over.
  public func reflog(of name: String) throws(GitError) -> [ReflogEntry] {
    guard Repository.isValidReferenceName(name) else { return [] }
    return try ReflogEntry.entries(in: path.appending("logs").appending(name))
  }
}
