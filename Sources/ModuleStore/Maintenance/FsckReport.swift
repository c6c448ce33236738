internal import Git
internal import Identifiers
internal import SystemPackage

/// How much `fsck` looks at.
public enum FsckDepth: String, Hashable, Sendable {
  /// References, and whether all objects are there that are needed; the bytes of modules are not read.
  case quick
  /// The bytes of all objects that are needed too, and the catalog.
  case normal
  /// All objects, whole packs, and all raw copies.
  case deep
}

/// Something in a store that is not what it must be.
public struct Damage: Hashable, Sendable {
  /// What is damaged.
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
  /// What is wrong with it.
  public let problem: String
  /// Whether it follows from what is whole, so that `fsck` can make it again.
  public let isRepairable: Bool
  /// What else is damaged by that; nil where nothing is.
  public internal(set) var effect: Effect?

  init(_ subject: Subject, _ problem: String, isRepairable: Bool = false) {
    self.subject = subject
    self.problem = problem
    self.isRepairable = isRepairable
  }

  /// What is damaged.
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

  /// Which of its kind: a reference's name, an object's id, or a file.
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
  /// What cannot be read because an object is damaged.
  public struct Effect: Hashable, Sendable {
    /// What leads there first, such as a branch.
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
    /// The path; of a directory it ends in a slash.
    public let path: RawPath
    /// A commit that has it, the newest one along the first parents.
    public let commit: CommitID
    /// The number of commits that have it.
    public let commitCount: Int
  }
}

/// What is in a store without being damage.
public struct Leftover: Hashable, Sendable {
  /// The kinds of it.
  public enum Kind: String, Hashable, Sendable {
    /// A lock file of a process that is gone.
    case staleLock = "stale_lock"
    /// An unfinished file of a process that is gone.
    case unfinishedFile = "unfinished_file"
    /// Objects are gone that only a reflog or the operation record names.
    case formerObject = "former_object"
  }

  /// What it is.
  public let kind: Kind
  /// Which of its kind: a file, or an object's id.
  public let name: String
  /// More about it; empty where there is no more to say.
  public let detail: String
}

/// What `fsck` found.
public struct FsckReport: Sendable {
  /// How much was looked at.
  public let depth: FsckDepth
  /// Objects that are there: of those that something needs, in a deep check of all.
  public internal(set) var objects = 0
  /// Those of them whose bytes were read.
  public internal(set) var readObjects = 0
  /// Blobs that begin as modules; nil where they were not read.
  public internal(set) var modules: Int?
  /// Those of them that the catalog knows to be invalid.
  public internal(set) var invalidModules: Int?
  /// Blobs that are something else; nil where they were not read.
  public internal(set) var otherFiles: Int?
  /// Commits that are reached.
  public internal(set) var commits = 0
  /// References that name objects.
  public internal(set) var references = 0
  /// What is not what it must be.
  public internal(set) var damage: [Damage] = []
  /// What is there without being damage.
  public internal(set) var leftovers: [Leftover] = []
  /// What was repaired, a sentence each.
  public internal(set) var repairs: [String] = []

  init(depth: FsckDepth) { self.depth = depth }
}

extension FilePath {
  /// The path without what follows its last dot.
  fileprivate var removingExtension: FilePath {
    var path = self
    path.extension = nil
    return path
  }
}
