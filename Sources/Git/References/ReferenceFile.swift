internal import FileSystem
internal import Identifiers
internal import SystemPackage

/// The own file of a reference (gitrepository-layout, "refs").
///
/// It contains an object's id, or `ref: NAME`. Old repositories use a symbolic link to a name below `refs/` instead
/// of `ref: NAME` (git-symbolic-ref, "Notes").
enum ReferenceFile {
  /// The file does not exist; the reference may be packed.
  case missing
  case value(ReferenceTarget)
  /// The file has no valid contents; with the reason.
  case broken(String)

  /// More bytes than any reference file has.
  private static let sizeLimit = 4096

  /// Reads the file of a reference, or the link in its place.
  init(_ name: String, in repository: FilePath) throws(GitError) {
    let path = repository.appending(name)
    do throws(FileError) {
      let link = try ReferenceFile.link(at: path)
      if let link, link.hasPrefix("refs/"), Repository.isValidReferenceName(link) {
        self = .value(.symbolic(link))
        return
      }
      guard let file = try OpenFile(reading: path) else {
        self = link == nil ? .missing : .broken("is a symbolic link to a file that does not exist")
        return
      }
      self.init(try file.bytes(at: 0, upTo: ReferenceFile.sizeLimit))
    } catch {
      guard error.isAbsence || error.reason == .isDirectory else { throw GitError(error) }
      self = .missing
    }
  }

  /// Reads the contents of a file.
  init(_ bytes: [UInt8]) {
    let isSpace = { (byte: UInt8) in byte == 0x20 || (0x09...0x0d).contains(byte) }
    let words = bytes.split(maxSplits: 1, omittingEmptySubsequences: false, whereSeparator: isSpace)
    let end = bytes.lastIndex { !isSpace($0) }.map { $0 + 1 } ?? 0
    if bytes.isEmpty {
      self = .broken("is empty")
    } else if bytes.allSatisfy({ $0 == 0 || $0 == 0x30 || isSpace($0) }) {
      self = .broken("holds zeros")
    } else if bytes.starts(with: "ref:".utf8), bytes.count < ReferenceFile.sizeLimit,
      let name = String(validating: bytes[4..<max(end, 4)].drop(while: isSpace), as: UTF8.self),
      Repository.isValidReferenceName(name)
    {
      self = .value(.symbolic(name))
    } else if let id = ObjectID(hexadecimalDigits: words[0]) {
      self = .value(.object(id))
    } else {
      self = .broken("does not contain the id of an object")
    }
  }

  /// The target of a symbolic link; nil if the path is not a link.
  static func link(at path: FilePath) throws(FileError) -> String? {
    try linkTarget(of: path, limit: sizeLimit).map { String(decoding: $0, as: UTF8.self) }
  }
}

extension ReferenceTarget {
  /// The value in a reference's file.
  var fileText: String {
    switch self {
    case .object(let id): "\(id)\n"
    case .symbolic(let name): "ref: \(name)\n"
    }
  }
}

extension Repository {
  /// The value in the reference's own file; `missing` for a name that git does not allow.
  func file(of name: String) throws(GitError) -> ReferenceFile {
    guard Repository.isValidReferenceName(name) else { return .missing }
    return try ReferenceFile(name, in: path)
  }

  /// Replaces a link that stands for a reference with a file of the same meaning: libgit2 would follow the link and
  /// overwrite its target, which may be another reference. Git also replaces the link with a file.
  func replaceLink(_ name: String) throws(GitError) {
    guard Repository.isValidReferenceName(name) else { return }
    do throws(FileError) {
      guard try ReferenceFile.link(at: path.appending(name)) != nil else { return }
    } catch {
      if error.isAbsence { return }
      throw GitError(error)
    }
    try write(name) { (file) throws(GitError) in
      if case .value(let target) = file { target } else { nil }
    }
  }

  /// Writes the value of a reference whose file has no valid contents; removes the file if the reference is not to
  /// exist.
  public func mend(_ name: String, to target: ReferenceTarget?) throws(GitError) {
    let path = path.appending(name)
    try write(name) { (file) throws(GitError) in
      guard case .broken = file else { return nil }
      if target == nil { try translated { () throws(FileError) in try removeFile(path) } }
      return target
    }
  }

  /// Makes HEAD name another branch.
  ///
  /// The reflog gets a line as from git's `checkout`.
  public func setHead(_ name: String, by signature: Signature) throws(GitError) {
    guard Repository.isValidReferenceName(name) else { throw GitError(.invalidName, name) }
    let before = try headReference()
    try write("HEAD") { _ in .symbolic(name) }
    let ids = try [before, name].map { name throws(GitError) in
      try name.flatMap { name throws(GitError) in try objectID(of: name) } ?? .zero
    }
    let branches = [before ?? "HEAD", name].map {
      $0.hasPrefix("refs/heads/") ? String($0.dropFirst(11)) : $0
    }
    let message = "checkout: moving from \(branches[0]) to \(branches[1])"
    // HEAD names the branch even if the reflog has no entry.
    let entry = ReflogEntry(old: ids[0], new: ids[1], signature: signature, message: message)
    _ = try? OpenFile(appendingTo: path.appending("logs").appending("HEAD"))?
      .append(Array(entry.line.utf8).span.bytes)
  }

  /// Writes a reference's file under git's lock for it; `target` receives the current value, and returns nil to keep
  /// it.
  private func write(
    _ name: String, _ target: (ReferenceFile) throws(GitError) -> ReferenceTarget?
  ) throws(GitError) {
    let file = path.appending(name)
    var lock = try TemporaryFile(locking: file)
    guard let target = try target(ReferenceFile(name, in: path)) else { return }
    try translated { () throws(FileError) in
      try lock.append(Array(target.fileText.utf8).span.bytes)
      try lock.synchronize()
      try lock.publish(at: file)
      try synchronizeFolder(file.folder)
    }
  }
}
