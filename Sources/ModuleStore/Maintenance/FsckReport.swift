internal import Git
internal import Identifiers
internal import SystemPackage

/// How much `fsck` checks.
public enum FsckDepth: String, Hashable, Sendable {
  /// References, and that all needed objects exist; the bytes of modules are not read.
  case quick
  /// In addition, the bytes of all needed objects, and the catalog.
  case normal
  /// All objects, whole packs, and all raw copies.
  case deep
}

/// A damaged part of a store.
public struct Damage: Hashable, Sendable {
  /// The kinds of damaged parts.
  public enum Kind: String, Hashable, Sendable {
    case reference
    case object
    case pack
    /// The index of a pack.
    case index
    case catalog
    case rawCopy = "raw_copy"
    /// The operation record.
    case record
  }

  enum Subject: Hashable, Sendable {
    case reference(Reachability.Source)
    case object(ObjectID, file: FilePath?)
    case pack(FilePath)
    case index(ofPack: FilePath)
    case catalog(FilePath)
    case rawCopy(FilePath)
    case record(FilePath)
  }

  let subject: Subject
  /// The problem.
  public let problem: String
  /// Whether it can be computed from intact data, so that `fsck` can rebuild it.
  public let isRepairable: Bool
  /// The consequences of the damage; nil if there are none.
  public internal(set) var effect: Effect?

  init(_ subject: Subject, _ problem: String, isRepairable: Bool = false) {
    self.subject = subject
    self.problem = problem
    self.isRepairable = isRepairable
  }

  /// The kind of the damaged part.
  public var kind: Kind {
    switch subject {
    case .reference: .reference
    case .object: .object
    case .pack: .pack
    case .index: .index
    case .catalog: .catalog
    case .rawCopy: .rawCopy
    case .record: .record
    }
  }

  /// Its name: a reference's name, an object's id, or a file.
  public var name: String {
    switch subject {
    case .reference(let source): source.description
    case .object(let id, _): id.hex
    case .pack(let path), .catalog(let path), .rawCopy(let path), .record(let path): path.string
    case .index(let pack): pack.removingExtension.string + ".idx"
    }
  }
}

extension Damage {
  /// The paths that cannot be read because an object is damaged.
  public struct Effect: Hashable, Sendable {
    /// The first source from which the object is reachable, such as a branch.
    public let source: String
    /// The paths, at most a few of them.
    public let paths: [Path]
    /// The number of all paths.
    public let pathCount: Int
    /// The number of commits that need the object.
    public let commitCount: Int
  }

  /// A path that cannot be read.
  public struct Path: Hashable, Sendable {
    /// The path; the path of a directory ends in a slash.
    public let path: RawPath
    /// A commit that has it, the newest along the first parents.
    public let commit: CommitID
    /// The number of commits that have it.
    public let commitCount: Int
  }
}

/// A leftover in a store that is not damage.
public struct Leftover: Hashable, Sendable {
  /// The kinds of leftovers.
  public enum Kind: String, Hashable, Sendable {
    /// A lock file of a process that is gone.
    case staleLock = "stale_lock"
    /// An unfinished file of a process that is gone.
    case unfinishedFile = "unfinished_file"
    /// Missing objects that only a reflog or the operation record names.
    case formerObject = "former_object"
  }

  /// Its kind.
  public let kind: Kind
  /// Its name: a file, or an object's id.
  public let name: String
  /// Details; empty if there are none.
  public let detail: String
}

/// The result of `fsck`.
public struct FsckReport: Sendable {
  /// How much was checked.
  public let depth: FsckDepth
  /// The number of existing objects: of the needed ones, in a deep check of all.
  public internal(set) var objects = 0
  /// The number of objects whose bytes were read.
  public internal(set) var readObjects = 0
  /// The number of blobs that begin as modules; nil if they were not read.
  public internal(set) var modules: Int?
  /// The number of modules that the catalog knows to be invalid.
  public internal(set) var invalidModules: Int?
  /// The number of other blobs; nil if they were not read.
  public internal(set) var otherFiles: Int?
  /// The number of reachable commits.
  public internal(set) var commits = 0
  /// The number of references that name objects.
  public internal(set) var references = 0
  /// The damage.
  public internal(set) var damage: [Damage] = []
  /// The leftovers, which are not damage.
  public internal(set) var leftovers: [Leftover] = []
  /// The repairs, as a sentence each.
  public internal(set) var repairs: [String] = []

  init(depth: FsckDepth) { self.depth = depth }
}

extension FilePath {
  /// The path without its extension.
  fileprivate var removingExtension: FilePath {
    var path = self
    path.extension = nil
    return path
  }
}
