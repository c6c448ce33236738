package import SystemPackage

/// An entry that a walk finds below a folder.
package struct FoundEntry: Sendable {
  /// The names from the folder to the entry, joined by slashes; they may not be UTF-8.
  package let steps: [UInt8]
  /// The path of the entry.
  package let path: FilePath
  /// The kind of the entry; a link is reported as a link.
  package let kind: FileStatus.Kind
}

/// Visits everything below a folder: each folder before its contents, and the entries of a folder in the order of
/// their bytes. Links are not followed, so there are no loops. Entries that disappear during the walk are skipped.
///
/// - Parameters:
///   - folder: The folder where the walk begins; it is not visited itself.
///   - unreadable: Called with the steps to a folder that cannot be listed or entered, and the reason; the walk
///     continues after it. The steps are empty for the first folder, which may also be missing.
///   - visit: Returns whether to enter a folder; for other entries the result is ignored.
/// - Throws: Errors of `unreadable` and `visit`.
package func walk<Failure: Error>(
  _ folder: FilePath, unreadable: ([UInt8], FileError) throws(Failure) -> Void,
  _ visit: (FoundEntry) throws(Failure) -> Bool
) throws(Failure) {
  // The entries still to be visited, the next one at the end. When the walk enters a folder, the folder's entries are
  // added here.
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

/// The entries of a folder, the last name first.
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
