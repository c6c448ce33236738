internal import Crypto
internal import FileSystem
internal import Git
internal import Identifiers
internal import Synchronization
internal import SystemPackage

/// The result for a module of the older wasmstore.
enum PredecessorModule: Sendable {
  /// It is in the store, with this id and size.
  case stored(ObjectID, size: Int64)
  /// It is damaged.
  case damaged(String)
}

extension StoreSession {
  /// Stores modules on all cores, each if its bytes match its hash; without a pack, only checks them.
  ///
  /// - Returns: The result for each module, in order.
  func storeModules(
    of survey: PredecessorSurvey, _ files: PredecessorFiles, in pack: PackWriter?
  ) throws(StoreError) -> [PredecessorModule] {
    let paths = survey.modules.map { (key: $0, path: files.path(of: $0)) }
    let (work, objects) = (work, pack == nil ? nil : looseObjects)
    let done = Mutex((count: 0, bytes: Int64(0)))
    return try inParallel(
      paths.count, workers: availableCores(), check: { () throws(StoreError) in try work.check() },
      begin: { () throws(StoreError) in
        ModuleWorker(encoder: try translated { () throws(GitError) in try pack?.encoder() }, writer: objects)
      },
      end: { (worker) throws(StoreError) in
        do throws(GitError) { try worker.finish() } catch { throw StoreError(error) }
      }
    ) { (index, worker) throws(StoreError) in
      let module = try worker.store(paths[index].path, paths[index].key)
      guard case .stored(_, let size) = module else { return module }
      let (count, bytes) = done.withLock { done in
        done = (done.count + 1, done.bytes + size)
        return done
      }
      work.progress(Progress(.adding, done: count, total: paths.count, bytes: bytes))
      return module
    }
  }
}

/// The state of a thread that stores modules.
private struct ModuleWorker: ~Copyable {
  var encoder: PackEncoder?
  /// Takes large modules in pieces; nil if nothing is to be written.
  let writer: LooseObjectWriter?

  /// Larger modules become loose objects.
  private static let wholeLimit = 1 << 20

  init(encoder: consuming PackEncoder?, writer: LooseObjectWriter?) {
    self.encoder = encoder
    self.writer = writer
  }

  consuming func finish() throws(GitError) {
    try encoder.take()?.finish()
  }

  mutating func store(_ path: FilePath, _ key: PredecessorKey) throws(StoreError) -> PredecessorModule {
    let file: OpenFile
    let size: Int
    do throws(FileError) {
      // An entry that is not a file is not an object.
      guard try FileStatus(path, followingLinks: false)?.kind == .file,
        let opened = try OpenFile(reading: path)
      else { return .damaged(PredecessorSurvey.absence) }
      size = try opened.size()
      file = opened
    } catch {
      throw .source(error)
    }
    guard size <= ModuleWorker.wholeLimit else { return try storeLarge(file, size, key) }
    let bytes = try piece(of: file, at: 0, size)
    guard PredecessorKey(of: bytes) == key else { return .damaged(PredecessorSurvey.otherHash) }
    do throws(GitError) {
      let id = try encoder?.append(bytes.span.bytes, kind: .blob)
      if let id { return .stored(id, size: Int64(size)) }
      return .stored(try ObjectID(of: bytes.span.bytes, kind: .blob), size: Int64(size))
    } catch {
      throw StoreError(error)
    }
  }

  private func storeLarge(
    _ file: borrowing OpenFile, _ size: Int, _ key: PredecessorKey
  ) throws(StoreError) -> PredecessorModule {
    var digest = SHA256()
    var stream = try translated { () throws(GitError) in try writer?.begin(kind: .blob, size: size) }
    var hash = try translated { () throws(GitError) in try ObjectHash(kind: .blob, size: size) }
    var position = 0
    while position < size {
      let bytes = try piece(of: file, at: position, min(readLength, size - position))
      guard !bytes.isEmpty else { return .damaged("it changed while it was read") }
      digest.update(bytes.span.bytes)
      try translated { () throws(GitError) in
        if stream == nil { try hash.update(bytes.span.bytes) } else { try stream?.append(bytes.span.bytes) }
      }
      position += bytes.count
    }
    guard ModuleDigest(digest.finalize()) == key else { return .damaged(PredecessorSurvey.otherHash) }
    do throws(GitError) {
      if let stream = stream.take() { return .stored(try stream.finish(), size: Int64(size)) }
      return .stored(try hash.finish(), size: Int64(size))
    } catch {
      throw StoreError(error)
    }
  }

  private func piece(of file: borrowing OpenFile, at position: Int, _ count: Int) throws(StoreError)
    -> [UInt8]
  {
    do throws(FileError) { return try file.bytes(at: position, upTo: count) } catch { throw .source(error) }
  }
}
