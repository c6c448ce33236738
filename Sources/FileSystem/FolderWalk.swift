package import SystemPackage

/// What a walk finds below a folder.
package struct FoundEntry: Sendable {
  /// The names on the way from the folder, joined by slashes; they may be no UTF-8.
  package let steps: [UInt8]
  /// Where it lies.
  package let path: FilePath
  /// What it is; of a link, that it is one.
  package let kind: FileStatus.Kind
}

/// Visits what lies below a folder: each folder before what is in it, what is in one folder in the order of the names'
/// bytes. Links are not followed, so there is no way round in a circle. What goes away meanwhile is passed over.
///
/// - Parameters:
///   - folder: Where the walk begins; it is not visited itself.
///   - unreadable: Takes the steps to a folder that cannot be listed or stepped into, and why; the walk goes on after
///     it. The steps are empty for the first folder, which may also be missing.
///   - visit: Answers of a folder whether to go into it; of anything else the answer does not matter.
/// - Throws: What `unreadable` and `visit` throw.
package func walk<Failure: Error>(
  _ folder: FilePath, unreadable: ([UInt8], FileError) throws(Failure) -> Void,
  _ visit: (FoundEntry) throws(Failure) -> Bool
) throws(Failure) {
  // What is still to be visited, the next at the end; a folder that is gone into puts its entries there.
  var pending: [FoundEntry] = []

  func list(_ folder: FilePath, steps: [UInt8]) throws(Failure) {
    let found: [FoundEntry]
    do throws(FileError) {
      found = try contents(of: folder, steps: steps)
    } catch {
      if steps.isEmpty || !error.isAbsence { try unreadable(steps, error) }
      return
    }
    pending += found
  }

  try list(folder, steps: [])
  while let entry = pending.popLast() {
    let isEntered = try visit(entry)
    if isEntered, entry.kind == .directory { try list(entry.path, steps: entry.steps) }
  }
}

/// What is in a folder, the last name first.
private func contents(of folder: FilePath, steps: [UInt8]) throws(FileError) -> [FoundEntry] {
  try requireAccess(.list, to: folder)
  var found: [FoundEntry] = []
  for entry in try entries(in: folder).sorted(by: { $1.bytes.lexicographicallyPrecedes($0.bytes) }) {
    let path = folder.appending(bytes: entry.bytes)
    var kind = entry.kind
    if kind == nil { kind = try FileStatus(path, followingLinks: false)?.kind }
    guard let kind else { continue }
    found.append(
      FoundEntry(steps: steps.isEmpty ? entry.bytes : steps + [0x2f] + entry.bytes, path: path, kind: kind))
  }
  return found
}
