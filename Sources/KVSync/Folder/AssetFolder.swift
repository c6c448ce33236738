internal import FileSystem
public import SystemPackage

/// A folder whose files are published, with the selection of files.
public struct AssetFolder: Sendable {
  /// Patterns that select the published files, in addition to files such as .gitignore.
  public struct Selection: Sendable {
    /// Patterns in the form of .gitignore; if there are any, only files that match are published.
    public var included: [String] = []
    /// Patterns of files that are left out.
    public var excluded: [String] = []

    /// Creates the default selection.
    public init() {}
  }

  /// A file that is published.
  struct File: Sendable {
    /// The path in the folder, with slashes.
    let steps: [UInt8]
    /// The path of the file with the bytes.
    let place: FilePath
  }

  /// The contents of a folder.
  struct Listing: Sendable {
    /// The files, ordered by name.
    var files: [File] = []
    /// The entries that are neither files nor links to published files.
    var leftOut: [[UInt8]] = []
  }

  /// The path of the folder, with links resolved.
  let path: FilePath
  private let selection: Selection

  /// Names a folder.
  ///
  /// - Parameters:
  ///   - name: The folder.
  ///   - selection: The published files.
  /// - Throws: `AssetError.noFolder`, and the error if it cannot be examined.
  public init(_ name: FilePath, _ selection: Selection = Selection()) throws {
    guard let path = resolved(name), try FileStatus(path)?.kind == .directory else {
      throw AssetError.noFolder(name.string)
    }
    self.path = path
    self.selection = selection
  }

  /// Whether it is the current directory.
  public var isCurrent: Bool { resolved(".") == path }

  /// Finds the published files.
  ///
  /// A link to a published file is published with the content of that file.
  ///
  /// - Throws: The error if a folder cannot be read.
  func listing() throws -> Listing {
    var listing = Listing()
    var links: [File] = []
    // The rules of each folder on the path to the visited entry.
    var open = [try Choice(of: self, selection)]
    try walk(path) { (_, error) throws(any Error) in
      throw error
    } _: { (entry) throws(any Error) in
      open.removeLast(open.count - 1 - entry.steps.count { $0 == 0x2f })
      guard let here = open.last, let choice = here.entering(entry) else { return false }
      switch entry.kind {
      case .directory: open.append(try choice.readingRules(of: entry))
      case .file: if choice.isIncluded { listing.files.append(File(steps: entry.steps, place: entry.path)) }
      case .symlink: if choice.isIncluded { links.append(File(steps: entry.steps, place: entry.path)) }
      case .socket, .other: listing.leftOut.append(entry.steps)
      }
      return true
    }
    let places = Set(listing.files.map(\.place))
    for link in links {
      if let place = resolved(link.place), places.contains(place) {
        listing.files.append(File(steps: link.steps, place: place))
      } else {
        listing.leftOut.append(link.steps)
      }
    }
    listing.files.sort { $0.steps.lexicographicallyPrecedes($1.steps) }
    return listing
  }
}

/// The rules of a folder that decide whether an entry is published.
private struct Choice {
  /// The rules of the ignore files; their paths begin with the name of the published folder.
  private var rules: IgnoreRules
  /// The rules that a .kvignore can override. A file that a .gitignore includes need not be meant for readers.
  private var hidden: IgnoreRules
  private let name: [UInt8]
  private let excluded: IgnoreRules
  private let included: IgnoreRules?
  /// The name of entries that are never published.
  private static let repository = Array(".git".utf8)
  /// Whether a pattern of included files matched.
  private(set) var isIncluded: Bool

  /// Starts with the rules of the folder itself: its own and those of its parent folder.
  init(of folder: AssetFolder, _ selection: AssetFolder.Selection) throws {
    name = (folder.path.bytes.split(separator: 0x2f).last.map { Array($0) } ?? []) + [0x2f]
    rules = IgnoreRules()
    hidden = IgnoreRules(IgnoreRules.standard)
    excluded = IgnoreRules(selection.excluded)
    included = selection.included.isEmpty ? nil : IgnoreRules(selection.included)
    isIncluded = selection.included.isEmpty
    try readRules(in: folder.path.removingLastComponent(), baseLength: 0)
    try readRules(in: folder.path, baseLength: name.count)
  }

  private mutating func readRules(in folder: FilePath, baseLength: Int) throws(FileError) {
    for name in IgnoreRules.fileNames {
      let path = folder.appending(name)
      guard try FileStatus(path)?.kind == .file, let text = try contents(of: path) else { continue }
      rules.add(text, baseLength: baseLength)
      if name == IgnoreRules.ownFileName { hidden.add(text, baseLength: baseLength) }
    }
  }

  /// The rules inside an entry of the folder; nil if the entry is left out.
  func entering(_ entry: FoundEntry) -> Choice? {
    let isFolder = entry.kind == .directory
    if entry.steps.split(separator: 0x2f).last == Choice.repository[...] { return nil }
    let path = name + entry.steps
    if rules.leavesOut(path, isFolder: isFolder) == true || hidden.leavesOut(path, isFolder: isFolder) == true
    {
      return nil
    }
    if excluded.leavesOut(entry.steps, isFolder: isFolder) == true { return nil }
    var choice = self
    if let matches = included?.leavesOut(entry.steps, isFolder: isFolder) { choice.isIncluded = matches }
    return choice
  }

  /// Returns these rules with the ones of a folder's ignore files added.
  func readingRules(of entry: FoundEntry) throws(FileError) -> Choice {
    var choice = self
    try choice.readRules(in: entry.path, baseLength: name.count + entry.steps.count + 1)
    return choice
  }
}
