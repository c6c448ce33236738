internal import Catalog
internal import FileSystem
internal import Git
internal import Identifiers

/// The properties of the commit of a change, besides the tree.
struct Draft {
  /// The whole message.
  var message: String
  /// Parents after the branch's own head.
  var otherParents: [ObjectID] = []
  /// Whether a commit is created even if the tree does not change.
  var isAlwaysMade = false
  /// Whether the branch only returns to earlier contents, so that no policy is applied.
  var isReturn = false
}

/// The result of a transaction.
struct TransactionResult {
  /// The commit; nil if the tree did not change, and in a dry run.
  let commit: ObjectID?
  /// The commit's first parent, which was the branch's head; nil on a branch without a commit.
  let parent: ObjectID?
  /// The tree after.
  let newTree: ObjectID
  /// The files in which the tree differs from the one before.
  let differences: [TreeDifference]
}

/// A commit that is being created on a branch.
///
/// It starts at the branch's head, its tree is edited, and then it is committed. If it is released before, nothing has
/// changed: a dry run does that.
struct Transaction: ~Copyable {
  /// The base of the change: the branch's head, or the start of a new branch; nil if there is none.
  let base: Commit?
  /// The present commit of the branch; nil if it has none.
  let head: CommitID?
  /// Edits the tree.
  var editor: TreeEditor
  private let store: StoreSession

  /// Starts at the head of the branch.
  ///
  /// - Parameters:
  ///   - store: The store of the branch.
  ///   - making: Whether to create a missing branch.
  ///   - start: The revision at which a missing branch begins; nil for an empty branch.
  ///   - isDirect: Whether it is neither a merge nor a rollback.
  /// - Throws: `StoreError.branchNotFound`, `.branchIsSymbolic`, `.changesRefused`, `.invalidName` if another branch
  ///   prevents the name.
  fileprivate init(
    _ store: StoreSession, making: Bool, from start: CommitID?, isDirect: Bool
  ) throws(StoreError) {
    if isDirect { try store.refuseDirectChange(of: store.branch) }
    let head = try store.headToChange(making: making).map { CommitID($0) }
    let base = try (head ?? start).map { id throws(StoreError) in try store.commit(id) }
    let editor = try translated { () throws(GitError) in
      try TreeEditor(store.repository, base: base?.tree)
    }
    (self.store, self.base, self.head, self.editor) = (store, base, head, editor)
  }

  /// Returns the result that a commit would have; nothing is written.
  ///
  /// `modules`: The modules of the change that cannot be read yet.
  ///
  /// - Throws: `StoreError.policyRefused`.
  fileprivate consuming func preview(
    _ draft: Draft, modules: [StoredModule]
  ) throws(StoreError) -> TransactionResult {
    let trees = try writeTrees { (bytes) throws(GitError) in try ObjectID(of: bytes.span.bytes, kind: .tree) }
    let differences = try differences(to: trees)
    if !draft.isReturn { try store.policies().enforce(on: differences, known: modules, in: store) }
    return TransactionResult(
      commit: nil, parent: base?.id.object, newTree: trees.root, differences: differences)
  }

  /// Writes the trees and the commit, records the operation and moves the branch. Called under `write.lock`.
  ///
  /// `command`: The command for the operation record.
  /// `objects`: The sink for trees and the commit.
  /// `modules`: The modules of the change that cannot be read yet.
  ///
  /// - Throws: `StoreError.branchMoved` if plain git has moved the branch meanwhile, `.policyRefused`.
  fileprivate consuming func commit(
    _ draft: Draft, command: String, objects: ObjectSink, modules: [StoredModule]
  ) throws(StoreError) -> TransactionResult {
    let repository = store.repository
    let trees = try writeTrees { (bytes) throws(GitError) in
      let id = try objects.write(bytes.span.bytes, kind: .tree)
      repository.remember(tree: bytes, as: id)
      return id
    }
    let differences = try differences(to: trees)
    if !draft.isReturn { try store.policies().enforce(on: differences, known: modules, in: store) }
    let parent = base?.id.object
    let isUnchanged = trees.root == base?.tree || parent == nil && trees.root == ObjectSink.emptyTree
    if !draft.isAlwaysMade, isUnchanged {
      // A branch that begins at a commit is created even if nothing changes.
      if head == nil, let parent {
        let move = ReferenceMove(name: store.branch.reference, before: nil, after: parent)
        try store.perform([move], command: command, objects: objects)
      }
      return TransactionResult(commit: nil, parent: parent, newTree: trees.root, differences: differences)
    }
    let id = try store.writeCommit(draft, tree: trees.root, head: parent, to: objects)
    let move = ReferenceMove(name: store.branch.reference, before: head?.object, after: id)
    try store.perform([move], command: command, objects: objects)
    return TransactionResult(
      commit: id, parent: parent, newTree: trees.root, differences: differences)
  }

  /// The trees that an edit created, which cannot be read from the repository yet.
  private struct NewTrees {
    let root: ObjectID
    let unwritten: [ObjectID: [UInt8]]
  }

  private func writeTrees(
    _ write: ([UInt8]) throws(GitError) -> ObjectID
  ) throws(StoreError) -> NewTrees {
    var unwritten: [ObjectID: [UInt8]] = [:]
    let root = try translated { () throws(GitError) in
      try editor.write { (bytes) throws(GitError) in
        let id = try write(bytes)
        unwritten[id] = bytes
        return id
      }
    }
    return NewTrees(root: root, unwritten: unwritten)
  }

  private func differences(to trees: NewTrees) throws(StoreError) -> [TreeDifference] {
    var differences: [TreeDifference] = []
    try translated { () throws(GitError) in
      try store.repository.compare(base?.tree, trees.root, unwritten: trees.unwritten) {
        differences.append($0)
      }
    }
    return differences
  }
}

extension StoreSession {
  /// Creates one commit on the branch: `change` edits the tree of its head and returns the commit's properties.
  ///
  /// This happens under `write.lock`, and, unless it is a dry run, inside `whileNothingIsDeleted`. Plain git ignores
  /// that lock: if the branch has moved nevertheless, `change` is called again with the new head and checks its
  /// preconditions again.
  ///
  /// `command`: The command for the operation record.
  /// `making`: Whether to create a missing branch.
  /// `start`: The revision at which it begins then; nil for an empty branch.
  /// `isDirect`: Whether it is neither a merge nor a rollback, so that some branches refuse it.
  /// `dryRun`: Whether nothing is written.
  /// `objects`: The sink for trees and the commit; nil for loose objects.
  /// `modules`: The modules of the change that cannot be read yet.
  ///
  /// - Throws: `StoreError.policyRefused` if the branch's policy does not allow the change, `.changesRefused`, and the
  ///   errors of `change`.
  func transaction(
    _ command: String, making: Bool = false, from start: CommitID? = nil, isDirect: Bool = true,
    dryRun: Bool = false,
    objects: ObjectSink? = nil,
    modules: [StoredModule] = [], _ change: (inout Transaction) throws(StoreError) -> Draft
  ) throws(StoreError) -> TransactionResult {
    if dryRun {
      var transaction = try Transaction(self, making: making, from: start, isDirect: isDirect)
      let draft = try change(&transaction)
      return try transaction.preview(draft, modules: modules)
    }
    let objects = objects ?? ObjectSink(looseObjects)
    return try locks.writing { () throws(StoreError) in
      try migrate()
      while true {
        var transaction = try Transaction(self, making: making, from: start, isDirect: isDirect)
        let isNew = transaction.head == nil
        let draft = try change(&transaction)
        do throws(StoreError) {
          let result = try transaction.commit(draft, command: command, objects: objects, modules: modules)
          if isNew, result.commit != nil, branch != defaultBranch { work.note(.branchCreated(branch)) }
          return result
        } catch .branchMoved {
          continue
        }
      }
    }
  }

  /// The head of the branch, as the base of a change; nil if it has none.
  fileprivate func headToChange(making: Bool) throws(StoreError) -> ObjectID? {
    try refuseCheckedOut(branch)
    let present = try reference(branch.reference)
    if !isBranchGiven { try requireDefaultBranch(isThere: present != nil) }
    switch present {
    case .object(let id): return id
    case .symbolic(let target): throw .branchIsSymbolic(branch, target: target)
    case nil:
      if branch != defaultBranch, !making { throw .branchNotFound(branch) }
      try refuseClash(of: branch.reference)
      return nil
    }
  }

  fileprivate func writeCommit(
    _ draft: Draft, tree: ObjectID, head: ObjectID?, to objects: ObjectSink
  ) throws(StoreError) -> ObjectID {
    let author = try author
    let signature = author.signature(at: work.now())
    return try translated { () throws(GitError) in
      let bytes = Git.Commit.encode(
        tree: tree, parents: [head].compactMap { $0 } + draft.otherParents, author: signature,
        committer: signature, message: draft.message)
      let id = try objects.write(bytes.span.bytes, kind: .commit)
      // Not under the lock of the reference, because a pack may be large.
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

  /// The store's locks.
  var locks: StoreLocks {
    StoreLocks(layout: layout, timeout: options.lockTimeout, patience: options.lockPatience, work: work)
  }

  /// Runs a change of the store: names are resolved and objects are written while nothing is deleted.
  ///
  /// `dryRun`: Whether nothing is written, so that no objects need protection.
  func whileNothingIsDeleted<Result>(
    unless dryRun: Bool = false, _ change: () throws(StoreError) -> Result
  ) throws(StoreError) -> Result {
    if dryRun { return try change() }
    return try locks.sharing { () throws(StoreError) in
      // Objects that were seen before may have been deleted since.
      objectReader.forgetFreshness()
      try translated { () throws(GitError) in try repository.forgetObjects() }
      return try change()
    }
  }
}
