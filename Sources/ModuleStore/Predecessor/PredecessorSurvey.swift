internal import Identifiers
internal import SystemPackage

/// Everything reachable from the references of a store of the older wasmstore, and its damage.
///
/// Each object is read once, in loops without recursion, for histories of any length.
struct PredecessorSurvey {
  /// A commit, with its existing parents.
  struct FoundCommit {
    let key: PredecessorKey
    let commit: PredecessorCommit
    var parents: [PredecessorKey]
    var missingParents: [PredecessorKey]
  }

  /// The first place of an object: an entry of a folder, or the root of a commit.
  private enum Place {
    case entry([UInt8], of: Int)
    case root(of: PredecessorKey)
  }

  /// Branches whose commit exists.
  private(set) var heads: [(name: [UInt8], commit: PredecessorKey)] = []
  /// Commits, parents first.
  private(set) var commits: [FoundCommit] = []
  /// Folders, each after its contents.
  private(set) var folders: [PredecessorKey] = []
  /// Modules, in the order in which they were found.
  private(set) var modules: [PredecessorKey] = []
  private(set) var damage: [PredecessorDamage] = []
  /// The number of missing parents; they were removed by hand, or by a gc during a write.
  private(set) var missingParentCount = 0

  private let files: PredecessorFiles
  private let work: Work
  private var places: [Place] = []
  private var modulePlaces: [PredecessorKey: Place] = [:]

  /// Reads everything except the modules.
  ///
  /// - Throws: `StoreError.source` if a file cannot be read, `.cancelled`.
  init(_ files: PredecessorFiles, _ work: Work) throws(StoreError) {
    (self.files, self.work) = (files, work)
    try findCommits()
    try findFolders()
  }

  /// The damage of a module, which is detected when its bytes are read.
  func damage(ofModule key: PredecessorKey, _ problem: String) -> PredecessorDamage {
    let (commit, path) = modulePlaces[key].map(whereabouts) ?? (nil, nil)
    return PredecessorDamage(kind: .module, name: key.hex, problem: problem, commit: commit?.hex, path: path)
  }

  // MARK: Commits

  private enum Reading<Value> {
    case good(Value)
    case bad(String)
  }

  private mutating func findCommits() throws(StoreError) {
    // A commit is opened, and closed after its parents.
    var opened: [PredecessorKey: FoundCommit] = [:]
    var bad: [PredecessorKey: String] = [:]
    for reference in files.references {
      let name = String(decoding: reference.name, as: UTF8.self)
      guard let head = PredecessorKey(bytes: reference.bytes) else {
        let problem = "it has \(reference.bytes.count) bytes, not \(PredecessorKey.byteCount)"
        damage.append(
          PredecessorDamage(kind: .reference, name: name, problem: problem, commit: nil, path: nil))
        continue
      }
      try findCommits(from: head, opened: &opened, bad: &bad)
      if let problem = bad[head] {
        damage.append(
          PredecessorDamage(
            kind: .reference, name: name, problem: "its commit \(head): \(problem)", commit: nil, path: nil))
      } else {
        heads.append((reference.name, head))
      }
    }
  }

  private mutating func findCommits(
    from head: PredecessorKey, opened: inout [PredecessorKey: FoundCommit],
    bad: inout [PredecessorKey: String]
  ) throws(StoreError) {
    var pending: [(key: PredecessorKey, isClosing: Bool)] = [(head, false)]
    while let (key, isClosing) = pending.popLast() {
      if isClosing {
        if let found = opened[key] { close(found, bad) }
        continue
      }
      guard opened[key] == nil, bad[key] == nil else { continue }
      try work.check()
      switch try readCommit(key) {
      case .good(let commit):
        opened[key] = FoundCommit(key: key, commit: commit, parents: [], missingParents: [])
        pending.append((key, true))
        // The first one is to come first.
        pending += commit.parents.reversed().map { ($0, false) }
      case .bad(let problem): bad[key] = problem
      }
    }
  }

  private mutating func close(_ found: FoundCommit, _ bad: [PredecessorKey: String]) {
    var found = found
    for parent in found.commit.parents where !found.parents.contains(parent) {
      guard let problem = bad[parent] else {
        found.parents.append(parent)
        continue
      }
      found.missingParents.append(parent)
      missingParentCount += 1
      // A damaged parent is damage; a history may end at a missing parent.
      if problem != PredecessorSurvey.absence {
        damage.append(
          PredecessorDamage(
            kind: .commit, name: parent.hex, problem: problem, commit: found.key.hex, path: nil))
      }
    }
    commits.append(found)
    work.progress(Progress(.readingHistory, done: commits.count, total: nil))
  }

  /// The problem of a missing object.
  static let absence = "it is missing"
  /// The problem of bytes whose hash is not their name.
  static let otherHash = "its content does not match this hash"

  private func readCommit(_ key: PredecessorKey) throws(StoreError) -> Reading<PredecessorCommit> {
    guard let bytes = try files.object(key) else { return .bad(PredecessorSurvey.absence) }
    guard PredecessorKey(mark: PredecessorKey.commitMark, bytes) == key else {
      return .bad(PredecessorSurvey.problem(bytes, key, wanted: "commit"))
    }
    return PredecessorCommit(bytes).map { .good($0) } ?? .bad("it is not a valid commit")
  }

  private func readFolder(_ key: PredecessorKey) throws(StoreError) -> Reading<PredecessorNode> {
    guard let bytes = try files.object(key) else { return .bad(PredecessorSurvey.absence) }
    return PredecessorSurvey.folder(bytes, key)
  }

  private static func folder(_ bytes: [UInt8], _ key: PredecessorKey) -> Reading<PredecessorNode> {
    let node = PredecessorNode(bytes)
    if PredecessorKey(mark: PredecessorKey.folderMark, bytes) == key {
      return node.map { .good($0) } ?? .bad("it is not a valid folder")
    }
    // The order in the file may differ from the order from which the key is computed.
    if let node, PredecessorKey(mark: PredecessorKey.folderMark, node.encoded) == key { return .good(node) }
    return .bad(problem(bytes, key, wanted: "folder"))
  }

  /// Describes an object of the wrong kind.
  private static func problem(_ bytes: [UInt8], _ key: PredecessorKey, wanted: String) -> String {
    let kinds = [
      ("commit", PredecessorKey(mark: PredecessorKey.commitMark, bytes)),
      ("folder", PredecessorKey(mark: PredecessorKey.folderMark, bytes)),
      ("module", PredecessorKey(of: bytes)),
    ]
    guard let kind = kinds.first(where: { $0.1 == key }) else { return otherHash }
    return "it is a \(kind.0), not a \(wanted)"
  }

  // MARK: Folders

  private mutating func findFolders() throws(StoreError) {
    var met: Set<PredecessorKey> = []
    for found in commits {
      // Numbers of folders in `places`; nil closes the one before it.
      var pending: [(key: PredecessorKey, place: Place, number: Int?)] = []
      pending.append((found.commit.root, .root(of: found.key), nil))
      while let (key, place, number) = pending.popLast() {
        if number != nil {
          folders.append(key)
          continue
        }
        guard met.insert(key).inserted else { continue }
        try work.check()
        switch try readFolder(key) {
        case .bad(let problem):
          let (commit, path) = whereabouts(place)
          damage.append(
            PredecessorDamage(
              kind: .folder, name: key.hex, problem: problem, commit: commit?.hex, path: path))
        case .good(let node):
          places.append(place)
          let number = places.count - 1
          pending.append((key, place, number))
          for entry in node.entries {
            let inside = Place.entry(entry.name, of: number)
            switch entry.kind {
            case .folder: pending.append((entry.key, inside, nil))
            case .module where modulePlaces[entry.key] == nil:
              modulePlaces[entry.key] = inside
              modules.append(entry.key)
            case .module: break
            }
          }
          work.progress(Progress(.findingObjects, done: places.count, total: nil))
        }
      }
    }
  }

  /// The commit in which an object was first found, and its path there.
  private func whereabouts(_ place: Place) -> (commit: PredecessorKey?, path: RawPath?) {
    var place = place
    var names: [[UInt8]] = []
    while true {
      switch place {
      case .root(let commit): return (commit, RawPath(names.reversed()))
      case .entry(let name, let number):
        names.append(name)
        place = places[number]
      }
    }
  }

  /// Reads a folder that was found to be intact.
  ///
  /// - Throws: `StoreError.source` if it has changed since.
  func folder(_ key: PredecessorKey) throws(StoreError) -> PredecessorNode {
    guard case .good(let node) = try readFolder(key) else {
      throw .source(path: files.path(of: key).string, reason: "it changed while it was read")
    }
    return node
  }
}
