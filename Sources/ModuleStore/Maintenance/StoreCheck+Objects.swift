internal import FileSystem
internal import Git
internal import Identifiers
internal import SystemPackage

extension StoreCheck {
  /// Reports the result of reading all objects.
  mutating func add(_ survey: ObjectSurvey) throws(StoreError) {
    report.objects = survey.objectCount(all: depth == .deep)
    report.readObjects = survey.readCount + (depth == .quick ? 0 : survey.readByWalk)
    if depth != .quick {
      report.modules = survey.modules.count
      report.invalidModules = survey.invalidModules.count
      report.otherFiles = survey.otherFiles.count
    }
    report.commits = survey.reached.current.commits.count
    report.references = survey.reachability.roots.count
    try addMissing(survey)
    addCopies(survey)
    for (path, problem) in survey.damagedPacks {
      report.damage.append(Damage(.pack(path), problem.without(path)))
    }
    for pack in survey.inventory.unusablePacks {
      switch pack.reason {
      case .noIndex:
        // A pack is written before its index, so a pack without an index is unfinished, unless an object in it is
        // needed.
        if !survey.missing.isEmpty, !session.repository.isPartialClone {
          report.damage.append(Damage(.index(ofPack: pack.path), "is missing", isRepairable: true))
        }
      case .damagedIndex(let problem):
        let index = FilePath(String(pack.path.string.dropLast("pack".count)) + "idx")
        report.damage.append(
          Damage(.index(ofPack: pack.path), problem.without(index), isRepairable: true))
      case .damagedPack(let problem):
        report.damage.append(Damage(.pack(pack.path), problem.without(pack.path)))
      }
    }
  }

  /// Reports needed objects that are missing or unreadable. If a reference names such an object, the reference is
  /// reported.
  private mutating func addMissing(_ survey: ObjectSurvey) throws(StoreError) {
    var named: [ObjectID: [Reachability.Source]] = [:]
    for root in survey.reachability.roots { named[root.object, default: []].append(root.source) }
    for object in survey.missing {
      // A partial clone need not have it.
      if object.problem == nil, session.repository.isPartialClone { continue }
      let sources = named[object.id] ?? []
      if let problem = object.problem {
        report.damage.append(Damage(.object(object.id, file: nil), problem.without(object.id)))
      } else if sources.isEmpty {
        report.damage.append(Damage(.object(object.id, file: nil), "is missing"))
      } else {
        for source in sources {
          var problem = "points to \(object.id), which is missing"
          if case .reference(let name, nil) = source, let last = try session.lastValue(of: name) {
            problem += "; its last known value is \(last)"
          }
          report.damage.append(Damage(.reference(source), problem))
        }
      }
    }
    let former = survey.reached.former.missing.filter { $0.problem == nil }
    guard let example = former.first, survey.missing.isEmpty, !session.repository.isPartialClone else {
      return
    }
    // Plain git may have deleted them: no reference needs them.
    report.leftovers.append(
      Leftover(
        kind: .formerObject, name: example.id.hex,
        detail: former.count == 1 ? "" : "and \(former.count - 1) more"))
  }

  /// Reports objects whose bytes do not match their ids in one of their places.
  private mutating func addCopies(_ survey: ObjectSurvey) {
    let told = Set(survey.missing.filter { $0.problem != nil }.map(\.id))
    let damaged = Dictionary(grouping: survey.damagedCopies) { $0.copy.id }
    for (id, copies) in damaged.sorted(by: { $0.key < $1.key }) {
      let places = survey.inventory.placeCount(of: id)
      if places > copies.count {
        for (copy, problem) in copies {
          report.damage.append(
            Damage(
              .object(id, file: copy.path),
              problem.without(id) + " in \(copy.path); another copy is undamaged",
              isRepairable: copy.isLoose))
        }
      } else if !told.contains(id), let (_, problem) = copies.first {
        report.damage.append(Damage(.object(id, file: nil), problem.without(id)))
      }
    }
  }
}

extension ObjectSurvey {
  /// The number of existing objects: of the needed ones, or of all.
  func objectCount(all: Bool) -> Int {
    let needed = [reached.current, reached.former].reduce(0) { sum, reached in
      sum + reached.commits.count + reached.trees.count + reached.blobs.count + reached.tags.count
    }
    return all ? inventory.ids.count : needed
  }

  /// Objects that the walk read.
  var readByWalk: Int {
    [reached.current, reached.former].reduce(0) { $0 + $1.commits.count + $1.trees.count + $1.tags.count }
  }
}

extension String {
  /// The message without the name at its beginning.
  func without(_ name: some CustomStringConvertible) -> String {
    for prefix in ["object \(name): ", "\(name): ", "\(name) "] where hasPrefix(prefix) {
      return String(dropFirst(prefix.count))
    }
    return self
  }
}
