internal import Catalog
internal import Git
internal import Glibc
internal import SystemPackage

/// What a change wants to say in its commit, besides the tree.
struct Draft {
  /// The whole message.
  var message: String
  /// Parents after the branch's own head.
  var otherParents: [ObjectID] = []
  /// Whether a commit is made even where the tree stays what it was.
  var isAlwaysMade = false
  /// Whether the branch only gets back what it held before, so that no policy is asked.
  var isReturn = false
}

/// What a transaction came to.
struct TransactionResult {
  /// The commit; nil where the tree is what it was.
  let commit: ObjectID?
  /// The commit's first parent, which is the branch's head before; nil on a branch without a commit.
  let parent: ObjectID?
  /// The tree before; nil on a branch without a commit.
  let oldTree: ObjectID?
  /// The tree after.
  let newTree: ObjectID
}

extension Store {
  /// Makes one commit on the branch: reads the head, lets `change` edit its tree, writes the trees and the
  /// commit, records the operation, and moves the branch by compare-and-swap.
  ///
  /// Everything from the head on happens under the write lock. Plain git does not know that lock: when the
  /// branch has moved all the same, `change` is called again with the new head and tests its preconditions
  /// again.
  ///
  /// `command`: What the operation record says was done.
  /// `making`: Whether a missing branch is made.
  /// `dryRun`: Whether nothing is written; trees are then only named.
  /// `objects`: Where trees and the commit are written.
  /// `modules`: Facts of the modules that the change brings and that cannot be read yet.
  ///
  /// - Throws: `StoreError.policyRefused` where the branch's policy does not allow what is brought.
  func transaction(
    _ command: String, making: Bool = false, dryRun: Bool = false, objects: ObjectSink? = nil,
    modules: [BlobFacts] = [], _ change: (inout TreeEditor, Commit?) throws(StoreError) -> Draft
  ) throws(StoreError) -> TransactionResult {
    if dryRun { return try rehearse(making: making, modules: modules, change) }
    let objects = objects ?? ObjectSink(looseObjects)
    let shared = try takeObjectLock()
    defer { _ = shared }
    let exclusive = try takeWriteLock()
    defer { _ = exclusive }
    try adopt()
    while true {
      let policy = try policy()
      let head = try currentHead(making: making)
      let commit = try head.map { id throws(StoreError) in try self.commit(CommitID(id)) }
      var editor = try translated { () throws(GitError) in try TreeEditor(repository, base: commit?.tree) }
      let draft = try change(&editor, commit)
      var trees: [ObjectID: [UInt8]] = [:]
      let tree = try translated { () throws(GitError) in
        try editor.write { (bytes) throws(GitError) in
          let id = try objects.write(bytes.span.bytes, kind: .tree)
          repository.remember(tree: bytes, as: id)
          if policy != nil { trees[id] = bytes }
          return id
        }
      }
      if let policy, !draft.isReturn {
        repository.unwrittenTrees = trees
        defer { repository.unwrittenTrees = [:] }
        try enforce(policy, from: commit?.tree, to: tree, known: modules)
      }
      if !draft.isAlwaysMade, tree == commit?.tree || head == nil && tree == ObjectSink.emptyTree {
        return TransactionResult(commit: nil, parent: head, oldTree: commit?.tree, newTree: tree)
      }
      let id = try writeCommit(draft, tree: tree, head: head, to: objects)
      do {
        let move = ReferenceMove(name: branch.reference, before: head, after: id)
        _ = try perform([move], command: command, objects: objects)
      } catch .branchMoved {
        continue
      }
      if head == nil, branch != defaultBranch { options.report(.branchCreated(branch)) }
      return TransactionResult(
        commit: id, parent: head ?? draft.otherParents.first, oldTree: commit?.tree, newTree: tree)
    }
  }

  /// Does what a transaction does without writing anything.
  private func rehearse(
    making: Bool, modules: [BlobFacts], _ change: (inout TreeEditor, Commit?) throws(StoreError) -> Draft
  ) throws(StoreError) -> TransactionResult {
    let head = try currentHead(making: making)
    let commit = try head.map { id throws(StoreError) in try self.commit(CommitID(id)) }
    var editor = try translated { () throws(GitError) in try TreeEditor(repository, base: commit?.tree) }
    let draft = try change(&editor, commit)
    var trees: [ObjectID: [UInt8]] = [:]
    let tree = try translated { () throws(GitError) in
      try editor.write { (bytes) throws(GitError) in
        let id = try ObjectID(of: bytes.span.bytes, kind: .tree)
        trees[id] = bytes
        return id
      }
    }
    repository.unwrittenTrees = trees
    if !draft.isReturn, let policy = try policy() {
      try enforce(policy, from: commit?.tree, to: tree, known: modules)
    }
    return TransactionResult(commit: nil, parent: head, oldTree: commit?.tree, newTree: tree)
  }

  private func currentHead(making: Bool) throws(StoreError) -> ObjectID? {
    switch try translated({ () throws(GitError) in try repository.reference(branch.reference) }) {
    case .object(let id): return id
    case .symbolic(let target): throw .branchIsSymbolic(branch, target: target)
    case nil:
      if branch != defaultBranch, !making { throw .branchNotFound(branch) }
      try refuseClash(of: branch.reference)
      return nil
    }
  }

  private func writeCommit(
    _ draft: Draft, tree: ObjectID, head: ObjectID?, to objects: ObjectSink
  ) throws(StoreError) -> ObjectID {
    let author = try author
    let signature = Signature(name: author.name, mail: author.mail, seconds: options.now().seconds)
    return try translated { () throws(GitError) in
      let bytes = Git.Commit.encode(
        tree: tree, parents: [head].compactMap { $0 } + draft.otherParents, author: signature,
        committer: signature, message: draft.message)
      let id = try objects.write(bytes.span.bytes, kind: .commit)
      // Not under the lock of the reference: a pack may be large.
      if try objects.finishPack() { try repository.refresh() }
      return id
    }
  }

  /// Writes objects one by one.
  var looseObjects: LooseObjectWriter {
    let reader = objectReader
    return LooseObjectWriter(objects: layout.objects, temporary: layout.temporary) {
      reader.freshenPacked($0)
    }
  }

  /// Takes the lock that keeps objects from being deleted before a reference names them.
  func takeObjectLock() throws(StoreError) -> FileLock {
    try take(layout.lock, .shared, what: "the store's lock")
  }

  /// Takes the lock under which references move.
  func takeWriteLock() throws(StoreError) -> FileLock {
    try take(layout.writeLock, .exclusive, what: "another writer")
  }

  private func take(
    _ path: FilePath, _ mode: FileLock.Mode, what: String
  ) throws(StoreError) -> FileLock {
    guard access(root.string, W_OK) == 0 else { throw .readOnly(path: root.string) }
    return try FileLock.take(path, mode, timeout: options.lockTimeout, patience: options.lockPatience) {
      options.report(.waitingForLock(what))
    }
  }
}

/// Where a change's objects go: loose objects, or the pack that holds the modules too.
final class ObjectSink {
  private let loose: LooseObjectBatch
  private var pack: PackWriter?
  private var encoder: PackEncoder?

  /// The id of the tree without entries, which a commit that removed everything names.
  static let emptyTree = ObjectID(hex: "4b825dc642cb6eb9a060e54bf8d69288fbee4904")

  init(_ loose: LooseObjectWriter) {
    self.loose = LooseObjectBatch(loose)
    encoder = nil
  }

  /// Writes into a pack until it is finished, then loose.
  init(_ loose: LooseObjectWriter, pack: PackWriter) throws(GitError) {
    self.loose = LooseObjectBatch(loose)
    self.pack = pack
    encoder = try pack.encoder()
  }

  /// Takes one object, which `finish` makes readable.
  func write(_ bytes: RawSpan, kind: ObjectKind) throws(GitError) -> ObjectID {
    if let id = try encoder?.append(bytes, kind: kind) { return id }
    return try loose.append(bytes, kind: kind)
  }

  /// Ends the pack, if there is one, and makes it durable; what comes after becomes loose objects.
  ///
  /// - Returns: Whether a pack was made, which an open repository has to look for.
  func finishPack() throws(GitError) -> Bool {
    if let encoder = encoder.take() { try encoder.finish() }
    guard let pack = pack.take() else { return false }
    return try pack.finish() != nil
  }

  /// Makes the loose objects durable, and `others` with them; does `work` while the disk is waited for.
  func finish(with others: [WrittenFile], meanwhile work: () -> Void) throws(GitError) {
    try loose.finish(with: others, meanwhile: work)
  }
}
