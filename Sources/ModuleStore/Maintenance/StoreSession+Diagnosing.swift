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
      Diagnosis(.store, .note, "format \(version); the next write changes it to \(Store.formatVersion)")
    case nil: Diagnosis(.store, .note, "a plain git repository; the next write makes it a store")
    }
  }

  private func diagnosePermissions() throws(StoreError) -> Diagnosis {
    guard mayWrite(into: root) else {
      return Diagnosis(.permissions, .note, "the store is read-only for this user")
    }
    for path in [layout.objects, layout.temporary, layout.modules, root.appending("refs")] {
      do throws(FileError) {
        guard try fileExists(path) else { continue }
        try requireAccess(.change, to: path)
      } catch {
        return Diagnosis(
          .permissions, .problem, error.description, advice: "give the users of the store write permission")
      }
    }
    return Diagnosis(.permissions, .good, "all parts are writable")
  }

  /// The minimum free space, in bytes; with less, a large module does not fit.
  private static let leastBytes: Int64 = 256 << 20
  private static let leastFiles: Int64 = 10_000

  private func diagnoseDisk() throws(StoreError) -> Diagnosis {
    let space = try translated { () throws(FileError) in try DiskSpace(at: root) }
    let finding = "\(space.availableBytes >> 20) MiB free"
    if space.availableBytes < StoreSession.leastBytes {
      return Diagnosis(.disk, .problem, finding, advice: "wasmstore gc --dry-run shows what can be removed")
    }
    if let files = space.availableFiles, files < StoreSession.leastFiles {
      return Diagnosis(
        .disk, .problem, "only \(files) more files can be created",
        advice: "wasmstore gc packs objects into one file")
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
        advice: "correct the clock; BRANCH@{DATE} depends on it")
    }
    for branch in try branches() {
      guard let head = branch.head, try commit(head).time.seconds > limit else { continue }
      return Diagnosis(.clock, .note, "the newest commit of \(branch.name) is dated in the future")
    }
    return Diagnosis(.clock, .good, "no operation and no branch has a time in the future")
  }

  private func diagnoseSettings() throws(StoreError) -> [Diagnosis] {
    var found: [Diagnosis] = []
    for setting in try settings() {
      guard let key = try? SettingKey(setting.key) else {
        found.append(
          Diagnosis(.settings, .note, "\(setting.key) in \(setting.origin) is not a known setting"))
        continue
      }
      guard let reason = key.objection(to: setting.value) else { continue }
      found.append(
        Diagnosis(
          .settings, .problem, "\(setting.key) = \(setting.value) in \(setting.origin): \(reason)",
          advice: "wasmstore config set \(setting.key) VALUE changes it"))
    }
    let entries = try translated { () throws(GitError) in
      try Configuration(path: layout.configuration).entries()
    }
    if try version() != nil {
      for (name, value) in Store.requiredSettings
      where entries.last(where: { $0.name == name })?.value != value {
        found.append(
          Diagnosis(
            .settings, .problem, "\(name) is not \(value)",
            advice: "git -C ROOT config \(name) \(value) sets it"))
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
      (layout.collectionLock, "a gc is running"),
    ] {
      let isHeld = try translated { () throws(FileError) in
        guard let lock = try AdvisoryLock(present: path) else { return false }
        return try !lock.attempt(.shared)
      }
      if isHeld { return Diagnosis(.locks, .note, what) }
    }
    return Diagnosis(.locks, .good, "no lock is held")
  }

  private func diagnoseCatalog() -> Diagnosis {
    let counts = withCatalog { (catalog) throws(DatabaseError) in try catalog.counts() }
    guard let counts else {
      return Diagnosis(.catalog, .note, "no catalog can be used; commands are slower")
    }
    return Diagnosis(.catalog, .good, "modules: \(counts.modules), commits: \(counts.revisions)")
  }

  /// The size in bytes from which modules should be stored whole: `core.bigFileThreshold`.
  static let largeModule = 1 << 20

  private func diagnosePacks() throws(StoreError) -> [Diagnosis] {
    var found: [Diagnosis] = []
    for pack in try objectInventory().folders.first?.packs ?? [] {
      let count: Int
      do throws(GitError) { count = try pack.largeDeltaCount(from: StoreSession.largeModule) } catch {
        found.append(Diagnosis(.packs, .problem, error.message, advice: "wasmstore fsck lists all damage"))
        continue
      }
      guard count > 0 else { continue }
      let what =
        count == 1 ? "1 large module as a delta" : "\(count) large modules as deltas"
      found.append(
        Diagnosis(
          .packs, .note, "\(pack.packPath) has \(what), which needs more memory to read",
          advice: "wasmstore gc --keep-history stores them whole"))
    }
    return found.isEmpty ? [Diagnosis(.packs, .good, "large modules are stored whole")] : found
  }

  /// Examines whether the guards of branches, if there are any, apply to pushes by plain git.
  private func diagnoseHooks() throws(StoreError) -> Diagnosis {
    let isGuarded = try hasGuards()
    switch try updateHook() {
    case .own: return Diagnosis(.hooks, .good, "protection and policies apply to pushes of plain git")
    case .idle(let path):
      return Diagnosis(
        .hooks, .problem, "\(path) is not executable, so plain git ignores it",
        advice: "wasmstore hooks install writes it again")
    case .none where !isGuarded: return Diagnosis(.hooks, .good, "no branch has a protection or policy")
    case .foreign where !isGuarded: return Diagnosis(.hooks, .good, "no branch has a protection or policy")
    case .none:
      return Diagnosis(
        .hooks, .note, "protection and policies do not apply to pushes of plain git",
        advice: "wasmstore hooks install changes that")
    case .foreign(let path):
      return Diagnosis(
        .hooks, .note, "\(path) was not written by wasmstore and may not check protection and policies",
        advice: "make it run 'wasmstore hooks check' with its arguments")
    }
  }

  private func diagnoseLeftovers() throws(StoreError) -> Diagnosis {
    let files = try ownLeftovers() + gitLeftovers()
    guard !files.isEmpty else { return Diagnosis(.leftovers, .good, "no unfinished files") }
    let noun = files.count == 1 ? "unfinished file" : "unfinished files"
    return Diagnosis(
      .leftovers, .note, "\(files.count) \(noun); gc removes those of processes that have ended")
  }
}
