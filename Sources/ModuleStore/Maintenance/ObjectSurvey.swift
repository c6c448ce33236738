internal import Catalog
internal import Crypto
internal import FileSystem
internal import Git
internal import Identifiers
internal import Synchronization
internal import SystemPackage
internal import Wasm

/// The result of reading all objects.
struct ObjectSurvey {
  let reachability: Reachability
  let inventory: ObjectInventory
  let reached: Reachability.Reached
  /// Places where an object's bytes do not match its id.
  var damagedCopies: [(copy: ObjectCopy, problem: String)] = []
  /// Packs whose checksum is wrong.
  var damagedPacks: [(path: FilePath, problem: String)] = []
  /// Blobs with wrong facts in the catalog.
  var wrongFacts: [ObjectID: String] = [:]
  var modules: Set<ObjectID> = []
  /// Modules that the catalog knows to be invalid.
  var invalidModules: Set<ObjectID> = []
  /// Blobs that are not modules.
  var otherFiles: Set<ObjectID> = []
  var readCount = 0

  /// Objects that are needed and are missing or unreadable.
  var missing: [MissingObject] { reached.current.missing }

  /// Whether something seems damaged that another process could have changed meanwhile.
  var isDoubtful: Bool {
    !missing.isEmpty || !damagedCopies.isEmpty || !damagedPacks.isEmpty || !inventory.unusablePacks.isEmpty
      || !reachability.failures.isEmpty
  }
}

extension StoreCheck {
  /// Reads all objects. Objects that seem damaged are read again while deletion is blocked, so that a running gc or
  /// writer does not count as damage.
  func confirmedSurvey(facts: [ObjectID: ModuleFacts]) throws(StoreError) -> ObjectSurvey {
    let first = try survey(facts: facts)
    guard first.isDoubtful else { return first }
    // If our locks do not exist yet, they are not created.
    let session = session
    let isLocked = try session.version() != nil ? mayWrite(into: session.root) : false
    let second = try session.whileNothingIsDeleted(unless: !isLocked) {
      () throws(StoreError) in
      try survey(again: first, facts: facts)
    }
    var confirmed = second
    confirmed.modules = first.modules
    confirmed.invalidModules = first.invalidModules
    confirmed.otherFiles = first.otherFiles
    confirmed.readCount = first.readCount
    confirmed.wrongFacts = first.wrongFacts
    return confirmed
  }

  /// Reads all objects.
  ///
  /// - Parameters:
  ///   - first: An earlier result: only what was damaged then is read again.
  ///   - facts: The facts about blobs in the catalog.
  /// - Returns: The result.
  /// - Throws: `StoreError.system` if a file exists and cannot be read, `.cancelled`.
  private func survey(
    again first: ObjectSurvey? = nil, facts: [ObjectID: ModuleFacts]
  ) throws(StoreError) -> ObjectSurvey {
    // References first: the objects that they name exist before they do.
    let reachability = try session.reachability()
    let inventory = try session.objectInventory()
    let reached = try reachability.walk(in: inventory, verifying: depth != .quick, session.work)
    var survey = ObjectSurvey(reachability: reachability, inventory: inventory, reached: reached)
    if depth != .quick {
      let again = first.map { Set($0.damagedCopies.map(\.copy.id)) }
      let copies = try copiesToRead(survey, again: again)
      try read(copies, facts: facts, into: &survey)
    }
    guard depth == .deep else { return survey }
    try checkPacks(&survey, again: first.map { Set($0.damagedPacks.map(\.path)) })
    return survey
  }

  /// The copies of objects to read. The walk has read commits, trees and tags, each in one place.
  private func copiesToRead(
    _ survey: ObjectSurvey, again: Set<ObjectID>?
  ) throws(StoreError) -> [ObjectCopy] {
    let (current, former, inventory) = (survey.reached.current, survey.reached.former, survey.inventory)
    var wanted = ObjectIDSet(current.blobs + former.blobs)
    for id in current.missing + former.missing where id.problem != nil { wanted.insert(id.id) }
    let depth = depth
    return try translated { () throws(GitError) in
      try inventory.copies { id in
        if let again { return again.contains(id) }
        if wanted.contains(id) { return true }
        if current.ids.contains(id) || former.ids.contains(id) { return inventory.placeCount(of: id) > 1 }
        return depth == .deep
      }
    }
  }

  /// The number of copies that a thread takes at a time.
  private static let shareCount = 16

  /// The findings of a thread.
  private struct Finds: Sendable {
    var damaged: [(index: Int, problem: String)] = []
    var wrongFacts: [(ObjectID, String)] = []
    var modules: [ObjectID] = []
    var invalidModules: [ObjectID] = []
    var otherFiles: [ObjectID] = []
    var count = 0
  }

  private func read(
    _ copies: [ObjectCopy], facts: [ObjectID: ModuleFacts], into survey: inout ObjectSurvey
  ) throws(StoreError) {
    let (work, inventory, size) = (session.work, survey.inventory, StoreCheck.shareCount)
    let done = Mutex((count: 0, bytes: Int64(0)))
    let finds = try inParallel(
      (copies.count + size - 1) / size, workers: availableCores(),
      check: { () throws(StoreError) in try work.check() },
      begin: { () throws(StoreError) in
        try translated { () throws(GitError) in try InventoryReader(inventory) }
      }, end: { (_: consuming InventoryReader) throws(StoreError) in }
    ) { (share, reader: inout InventoryReader) throws(StoreError) -> Finds in
      var finds = Finds()
      var bytes: Int64 = 0
      for index in (share * size)..<min(copies.count, (share + 1) * size) {
        bytes += try StoreCheck.read(copies[index], index, facts, &reader, &finds)
      }
      let sum = done.withLock { done in
        done = (done.count + finds.count, done.bytes + bytes)
        return done
      }
      work.progress(Progress(.checking, done: sum.count, total: copies.count, bytes: sum.bytes))
      return finds
    }
    for find in finds {
      survey.damagedCopies += find.damaged.map { (copies[$0.index], $0.problem) }
      for (blob, problem) in find.wrongFacts { survey.wrongFacts[blob] = problem }
      survey.modules.formUnion(find.modules)
      survey.invalidModules.formUnion(find.invalidModules)
      survey.otherFiles.formUnion(find.otherFiles)
      survey.readCount += find.count
    }
  }

  /// Reads one copy; returns the number of bytes.
  private static func read(
    _ copy: ObjectCopy, _ index: Int, _ facts: [ObjectID: ModuleFacts], _ reader: inout InventoryReader,
    _ finds: inout Finds
  ) throws(StoreError) -> Int64 {
    let known = facts[copy.id]
    var content = BlobContent(digesting: known?.digest != nil)
    do throws(GitError) {
      var kind = try reader.verify(copy) { (chunk) throws(GitError) in content.update(chunk) }
      // The file was deleted. A repack by git has moved the object.
      if kind == nil, let object = try reader.object(copy.id, verifying: true) {
        content.update(object.bytes.span.bytes)
        kind = object.kind
      }
      guard let kind else { return 0 }
      finds.count += 1
      guard kind == .blob else { return Int64(content.size) }
      if content.isModule {
        finds.modules.append(copy.id)
        if known?.problem != nil { finds.invalidModules.append(copy.id) }
      } else {
        finds.otherFiles.append(copy.id)
      }
      if let known, let problem = content.contradiction(to: known) {
        finds.wrongFacts.append((copy.id, problem))
      }
    } catch {
      guard error.isDamage else { throw StoreError(error) }
      finds.damaged.append((index, error.message))
    }
    return Int64(content.size)
  }

  /// Checks the checksums of packs.
  private func checkPacks(_ survey: inout ObjectSurvey, again: Set<FilePath>?) throws(StoreError) {
    let packs = survey.inventory.folders.flatMap(\.packs).filter { again?.contains($0.packPath) ?? true }
    let work = session.work
    let problems = try inParallel(packs.count, workers: availableCores()) {
      (index) throws(StoreError) -> String? in
      try work.check()
      do throws(GitError) {
        // If a pack was deleted meanwhile, its needed objects are searched again.
        _ = try packs[index].verifyPack(readingAll: true)
        return nil
      } catch {
        guard error.isDamage else { throw StoreError(error) }
        return error.message
      }
    }
    for (pack, problem) in zip(packs, problems) {
      if let problem { survey.damagedPacks.append((pack.packPath, problem)) }
    }
  }
}

/// The facts about a blob that its bytes show.
private struct BlobContent {
  private(set) var size = 0
  private(set) var isModule = false
  private var header: [UInt8] = []
  private var digest: SHA256?

  init(digesting: Bool) { digest = digesting ? SHA256() : nil }

  mutating func update(_ chunk: RawSpan) {
    if size == 0 { isModule = ModuleMagic.begins(chunk) }
    if header.count < ModuleMagic.headerLength { ModuleMagic.complete(&header, from: chunk) }
    size += chunk.byteCount
    digest?.update(chunk)
  }

  /// The difference in the catalog; nil if it agrees.
  func contradiction(to facts: ModuleFacts) -> String? {
    if facts.size != size { return "the size \(facts.size) instead of \(size)" }
    let kind: ModuleFacts.Kind = isModule ? ModuleFacts.Kind(Encoding(header: header[...])) : .other
    if facts.kind != kind || (facts.digest != nil) != isModule { return "another kind" }
    guard let digest, let known = facts.digest else { return nil }
    let found = ModuleDigest(digest.finalize())
    return found == known ? nil : "the hash \(known) instead of \(found)"
  }
}
