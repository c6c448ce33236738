internal import Catalog
internal import FileSystem
internal import Git
internal import SQLite
internal import SystemPackage

extension StoreSession {
  /// Examines the environment of the store: permissions, the disk, the clock, settings, locks.
  ///
  /// The contents of objects are not examined; `fsck` does that. Nothing is changed.
  ///
  /// - Returns: At least one finding about each subject.
  /// - Throws: `StoreError.system` if something cannot be examined.
  public func diagnose() throws(StoreError) -> [Diagnosis] {
    let first = [try diagnoseStore(), try diagnosePermissions(), try diagnoseDisk(), try diagnoseClock()]
    return first + (try diagnoseSettings())
      + [try diagnoseLocks(), diagnoseCatalog()] + (try diagnosePacks()) + [
        try diagnoseHooks(), try diagnoseLeftovers(),
      ]
  }

  private func diagnoseStore() throws(StoreError) -> Diagnosis {
    switch try version() {
    case Store.formatVersion?: Diagnosis(.store, .good, "format \(Store.formatVersion)")
    case let version?:
      Diagnosis(.store, .note, "format \(version), which the next write raises to \(Store.formatVersion)")
    case nil: Diagnosis(.store, .note, "a repository of plain git's, which the next write makes a store")
    }
  }

  private func diagnosePermissions() throws(StoreError) -> Diagnosis {
    guard mayWrite(into: root) else { return Diagnosis(.permissions, .note, "ROOT can be read only") }
    for path in [layout.objects, layout.temporary, layout.modules, root.appending("refs")] {
      do throws(FileError) {
        guard try fileExists(path) else { continue }
        try requireAccess(.change, to: path)
      } catch {
        return Diagnosis(
          .permissions, .problem, error.description, advice: "let whoever uses the store write there")
      }
    }
    return Diagnosis(.permissions, .good, "all parts can be written")
  }

  /// The minimum free space, in bytes; with less, a large module does not fit.
  private static let leastBytes: Int64 = 256 << 20
  private static let leastFiles: Int64 = 10_000

  private func diagnoseDisk() throws(StoreError) -> Diagnosis {
    let space = try translated { () throws(FileError) in try DiskSpace(at: root) }
    let finding = "\(space.availableBytes >> 20) MiB free"
    if space.availableBytes < StoreSession.leastBytes {
      return Diagnosis(.disk, .problem, finding, advice: "wasmstore gc --dry-run tells what could go")
    }
    if let files = space.availableFiles, files < StoreSession.leastFiles {
      return Diagnosis(
        .disk, .problem, "\(files) more files can be made", advice: "wasmstore gc puts objects into one file")
    }
    return Diagnosis(.disk, .good, finding)
  }

  /// The time that a clock may be ahead, in seconds.
  private static let clockTolerance: Int64 = 120

  private func diagnoseClock() throws(StoreError) -> Diagnosis {
    let now = options.recordClock().seconds
    let limit = now + StoreSession.clockTolerance
    if let last = try record.operations().map(\.time.seconds).max(), last > limit {
      return Diagnosis(
        .clock, .problem, "the last operation is \(last - now) s in the future",
        advice: "set the clock; BRANCH@{DATE} goes by it")
    }
    for branch in try branches() {
      guard let head = branch.head, try commit(head).time.seconds > limit else { continue }
      return Diagnosis(.clock, .note, "the newest commit of \(branch.name) is dated in the future")
    }
    return Diagnosis(.clock, .good, "no operation and no branch is ahead of it")
  }

  private func diagnoseSettings() throws(StoreError) -> [Diagnosis] {
    var found: [Diagnosis] = []
    for setting in try settings() {
      guard let key = try? SettingKey(setting.key) else {
        found.append(
          Diagnosis(.settings, .note, "\(setting.key) in \(setting.origin) is no setting of a store"))
        continue
      }
      guard let reason = key.objection(to: setting.value) else { continue }
      found.append(
        Diagnosis(
          .settings, .problem, "\(setting.key) = \(setting.value) in \(setting.origin): \(reason)",
          advice: "wasmstore config set \(setting.key) VALUE"))
    }
    let entries = try translated { () throws(GitError) in
      try Configuration(path: layout.configuration).entries()
    }
    if try version() != nil {
      for (name, value) in Store.requiredSettings
      where entries.last(where: { $0.name == name })?.value != value {
        found.append(
          Diagnosis(
            .settings, .problem, "\(name) is not \(value)", advice: "git -C ROOT config \(name) \(value)"))
      }
    }
    return found.isEmpty ? [Diagnosis(.settings, .good, "all are valid")] : found
  }

  private func diagnoseLocks() throws(StoreError) -> Diagnosis {
    let stale = try staleLocks.files()
    if let first = stale.first {
      let rest = stale.count == 1 ? "" : ", and \(stale.count - 1) more"
      return Diagnosis(
        .locks, .problem, "\(first) was left behind\(rest)", advice: "wasmstore fsck --repair removes it")
    }
    for (path, what) in [
      (layout.writeLock, "a process is writing"), (layout.lock, "a process is deleting objects"),
      (layout.collectionLock, "a gc is at work"),
    ] {
      let isHeld = try translated { () throws(FileError) in
        guard let lock = try AdvisoryLock(present: path) else { return false }
        return try !lock.attempt(.shared)
      }
      if isHeld { return Diagnosis(.locks, .note, what) }
    }
    return Diagnosis(.locks, .good, "none is held")
  }

  private func diagnoseCatalog() -> Diagnosis {
    let counts = withCatalog { (catalog) throws(DatabaseError) in try catalog.counts() }
    guard let counts else {
      return Diagnosis(.catalog, .note, "there is none to be had; answers are computed each time")
    }
    return Diagnosis(.catalog, .good, "modules known: \(counts.modules), commits: \(counts.revisions)")
  }

  /// The size in bytes from which modules should be stored whole: `core.bigFileThreshold`.
  static let largeModule = 1 << 20

  private func diagnosePacks() throws(StoreError) -> [Diagnosis] {
    var found: [Diagnosis] = []
    for pack in try objectInventory().folders.first?.packs ?? [] {
      let count: Int
      do throws(GitError) { count = try pack.largeDeltaCount(from: StoreSession.largeModule) } catch {
        found.append(Diagnosis(.packs, .problem, error.message, advice: "wasmstore fsck tells more"))
        continue
      }
      guard count > 0 else { continue }
      let what =
        count == 1 ? "1 large module as changes to another" : "\(count) large modules as changes to others"
      found.append(
        Diagnosis(
          .packs, .note, "\(pack.packPath) keeps \(what), which takes memory to read",
          advice: "wasmstore gc --keep-history makes them whole"))
    }
    return found.isEmpty ? [Diagnosis(.packs, .good, "large modules are whole")] : found
  }

  /// Examines whether the guards of branches, if there are any, apply to pushes by plain git.
  private func diagnoseHooks() throws(StoreError) -> Diagnosis {
    let isGuarded = try hasGuards()
    switch try updateHook() {
    case .own: return Diagnosis(.hooks, .good, "pushes of plain git meet the guards of branches")
    case .idle(let path):
      return Diagnosis(
        .hooks, .problem, "\(path) cannot be executed, so plain git passes it over",
        advice: "wasmstore hooks install writes it anew")
    case .none where !isGuarded: return Diagnosis(.hooks, .good, "no branch is guarded")
    case .foreign where !isGuarded: return Diagnosis(.hooks, .good, "no branch is guarded")
    case .none:
      return Diagnosis(
        .hooks, .note, "branches are guarded, but pushes of plain git are not held against that",
        advice: "wasmstore hooks install does it")
    case .foreign(let path):
      return Diagnosis(
        .hooks, .note, "\(path) was not written by wasmstore, and may let pushes pass the guards of branches",
        advice: "let it run 'wasmstore hooks check' with its arguments")
    }
  }

  private func diagnoseLeftovers() throws(StoreError) -> Diagnosis {
    let files = try ownLeftovers() + gitLeftovers()
    guard !files.isEmpty else { return Diagnosis(.leftovers, .good, "no unfinished files") }
    let noun = files.count == 1 ? "unfinished file" : "unfinished files"
    return Diagnosis(.leftovers, .note, "\(files.count) \(noun); gc removes those of processes that are gone")
  }
}
