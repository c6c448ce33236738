internal import ModuleStore

/// The branch or tag of a page, and the commit that the page shows.
struct PageContext {
  /// The name of the branch or tag.
  enum Name: Hashable {
    case branch(BranchName)
    case tag(TagName)
  }

  let name: Name
  /// A session on the branch, or on the default branch for a tag.
  let session: StoreSession
  let scope: VisibleScope
  /// The current commit of the branch or tag.
  let head: CommitID
  /// The commit that the page shows.
  let commit: CommitID

  /// Finds the branch or tag, and the commit, that a request names.
  ///
  /// Without `branch` and `tag` it is the branch of the session. Without `rev` it is the current commit.
  init(_ request: PageRequest, in store: StoreSession, _ scope: VisibleScope) throws(PageFailure) {
    self.scope = scope
    if let text = try request.value("tag") {
      guard scope.hasAllBranches else { throw .notFound }
      let tags = try translatingErrors { () throws(StoreError) in try store.tags() }
      guard let tag = tags.first(where: { $0.name.name == text }) else { throw .notFound }
      (name, session, head) = (.tag(tag.name), store, tag.commit)
    } else {
      var session = store
      if let text = try request.value("branch") {
        session = try translatingErrors { () throws(StoreError) in
          try store.connection.session(on: BranchName(text), store.work)
        }
      }
      guard scope.contains(session.branch) else { throw .notFound }
      self.session = session
      name = .branch(session.branch)
      head = try translatingErrors { () throws(StoreError) in try session.existingHead() }
    }
    commit = try PageContext.commit(request.commit("rev"), head, session) ?? head
  }

  /// Returns a commit if it is reachable from `head`.
  private static func commit(
    _ commit: CommitID?, _ head: CommitID, _ session: StoreSession
  ) throws(PageFailure) -> CommitID? {
    guard let commit, commit != head else { return commit }
    let leads = try translatingErrors { () throws(StoreError) in
      try session.isAncestor(session.resolve(commit.hex), of: head)
    }
    guard leads else { throw .notFound }
    return commit
  }

  /// Returns another commit of the branch or tag.
  ///
  /// - Throws: `notFound` if the commit is nil or not reachable.
  func existing(_ commit: CommitID?) throws(PageFailure) -> CommitID {
    guard let commit = try PageContext.commit(commit, head, session) else { throw .notFound }
    return commit
  }

  /// The name as text.
  var text: String {
    switch name {
    case .branch(let branch): branch.name
    case .tag(let tag): tag.name
    }
  }

  /// The branch or tag as a field of a query.
  var field: (name: String, value: String?) {
    switch name {
    case .branch: ("branch", text)
    case .tag: ("tag", text)
    }
  }

  /// Returns the address of a page about a path, at the shown commit or another one.
  func address(_ kind: PageRequest.Kind, _ path: ModulePath? = nil, at commit: CommitID? = nil) -> PageAddress
  {
    address(kind, steps: path?.steps ?? [], at: commit)
  }

  /// Returns the address of a page about a path that is given as steps.
  func address(_ kind: PageRequest.Kind, steps: [String], at commit: CommitID? = nil) -> PageAddress {
    let commit = commit ?? self.commit
    return PageAddress([kind.rawValue] + steps, [field, ("rev", commit == head ? nil : commit.hex)])
  }

  /// Returns the address of the page of a commit.
  func address(of commit: CommitID) -> PageAddress {
    PageAddress([PageRequest.Kind.commit.rawValue, commit.hex], [field])
  }

  /// Returns the address of the page that compares the modules of a path at two commits.
  func address(comparing path: ModulePath, _ old: CommitID, _ new: CommitID) -> PageAddress {
    PageAddress(
      [PageRequest.Kind.compare.rawValue] + path.steps, [field, ("old", old.hex), ("new", new.hex)])
  }
}
