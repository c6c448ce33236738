internal import Catalog
internal import FileSystem
internal import Git
internal import Identifiers

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
  /// The commit; nil where the tree is what it was, and in a dry run.
  let commit: ObjectID?
  /// The commit's first parent, which is the branch's head before; nil on a branch without a commit.
  let parent: ObjectID?
  /// The tree after.
  let newTree: ObjectID
  /// The files in which the tree differs from the one before.
  let differences: [TreeDifference]
}

/// One commit that is being made on a branch.
///
/// It begins at the branch's head, its tree is edited, and then it is committed. One that is dropped has changed
/// nothing: that is what a dry run does.
struct Transaction: ~Copyable {
  /// The commit that the change stands on: the branch's head, or where a new branch begins; nil where there is none.
  let base: Commit?
  /// The commit that the branch stands at; nil where it has none.
  let head: CommitID?
  /// Edits the tree.
  var editor: TreeEditor
  private let store: StoreSession

  /// Begins at the head of the branch.
  ///
  /// - Parameters:
  ///   - store: Where the branch is.
  ///   - making: Whether a missing branch is to be made.
  ///   - start: Where a missing branch begins; nil for an empty one.
  ///   - isDirect: Whether it is no merge and no rollback.
  /// - Throws: `StoreError.branchNotFound`, `.branchIsSymbolic`, `.changesRefused`, `.invalidName` where another branch is
  ///   in the way.
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

  /// What a commit would come to; nothing is written.
  ///
  /// `modules`: The modules that the change brings and that cannot be read yet.
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
  /// `command`: What the operation record says was done.
  /// `objects`: Where trees and the commit are written.
  /// `modules`: The modules that the change brings and that cannot be read yet.
  ///
  /// - Throws: `StoreError.branchMoved` where plain git has moved the branch meanwhile, `.policyRefused`.
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
      // A branch that begins at a commit is there even if nothing changes.
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

  /// The trees that an edit made, which cannot be read from the repository yet.
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
  /// Makes one commit on the branch: `change` edits the tree of its head and says what the commit is to tell.
  ///
  /// All of it happens under `write.lock`, and, unless it is a dry run, inside `whileNothingIsDeleted`. Plain git does
  /// not know that lock: when the branch has moved all the same, `change` is called again with the new head and tests
  /// its preconditions again.
  ///
  /// `command`: What the operation record says was done.
  /// `making`: Whether a missing branch is made.
  /// `start`: Where it begins then; nil for an empty one.
  /// `isDirect`: Whether it is no merge and no rollback, so that some branches do not take it.
  /// `dryRun`: Whether nothing is written.
  /// `objects`: Where trees and the commit are written; nil for loose objects.
  /// `modules`: The modules that the change brings and that cannot be read yet.
  ///
  /// - Throws: `StoreError.policyRefused` where the branch's policy does not allow what is brought, `.changesRefused`, and
  ///   what `change` throws.
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

  /// The head of the branch, for a change that is to stand on it; nil where it has none.
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

  /// The store's locks.
  var locks: StoreLocks {
    StoreLocks(layout: layout, timeout: options.lockTimeout, patience: options.lockPatience, work: work)
  }

  /// Runs a change of the store: what it names is resolved, and its objects are written, while nothing is deleted.
  ///
  /// `dryRun`: Whether nothing is written, so that nothing need be kept either.
  func whileNothingIsDeleted<Result>(
    unless dryRun: Bool = false, _ change: () throws(StoreError) -> Result
  ) throws(StoreError) -> Result {
    if dryRun { return try change() }
    return try locks.sharing { () throws(StoreError) in
      // What was seen before may be gone by now.
      objectReader.forgetFreshness()
      try translated { () throws(GitError) in try repository.forgetObjects() }
      return try change()
    }
  }
}
