internal import FileSystem
public import SystemPackage

/// A folder whose files are published, and which of them.
public struct AssetFolder: Sendable {
  /// What is published of a folder, besides what files such as .gitignore say.
  public struct Selection: Sendable {
    /// Patterns in the form of .gitignore; where there are some, only what they match is published.
    public var included: [String] = []
    /// Patterns of what is left out.
    public var excluded: [String] = []

    /// Selects what is published when nothing is said.
    public init() {}
  }

  /// A file that is published.
  struct File: Sendable {
    /// The names that lead to it, joined by slashes.
    let steps: [UInt8]
    /// Where its bytes are.
    let place: FilePath
  }

  /// What a folder has.
  struct Listing: Sendable {
    /// The files, in the order of their names.
    var files: [File] = []
    /// What is neither a file nor a link to one that is published.
    var leftOut: [[UInt8]] = []
  }

  /// The folder, without links on the way.
  let path: FilePath
  private let selection: Selection

  /// Names a folder.
  ///
  /// - Parameters:
  ///   - name: The folder.
  ///   - selection: What is published of it.
  /// - Throws: `AssetError.noFolder`, and why it cannot be told what is there.
  public init(_ name: FilePath, _ selection: Selection = Selection()) throws {
    guard let path = resolved(name), try FileStatus(path)?.kind == .directory else {
      throw AssetError.noFolder(name.string)
    }
    self.path = path
    self.selection = selection
  }

  /// Whether it is the folder where relative paths begin.
  public var isCurrent: Bool { resolved(".") == path }

  /// Finds the files that are published.
  ///
  /// A link is published where it leads to one of them, as what it leads to.
  ///
  /// - Throws: Why a folder cannot be read.
  func listing() throws -> Listing {
    var listing = Listing()
    var links: [File] = []
    // What holds in each of the folders that lead to the entry that is visited.
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

/// What decides in a folder whether something is published.
private struct Choice {
  /// What the files say that leave something out; their paths begin with the name of the folder that is published.
  private var rules: IgnoreRules
  /// The same of what is left out unless a .kvignore says otherwise. What a .gitignore leaves in was not meant for readers.
  private var hidden: IgnoreRules
  private let name: [UInt8]
  private let excluded: IgnoreRules
  private let included: IgnoreRules?
  /// What is never published.
  private static let repository = Array(".git".utf8)
  /// Whether a pattern matched that says what is published.
  private(set) var isIncluded: Bool

  /// Begins with the rules that hold in the folder itself: its own and those of the one that it is in.
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

  /// What decides behind an entry of the folder; nil where it is left out.
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

  /// The same with the rules that stand in a folder.
  func readingRules(of entry: FoundEntry) throws(FileError) -> Choice {
    var choice = self
    try choice.readRules(in: entry.path, baseLength: name.count + entry.steps.count + 1)
    return choice
  }
}
