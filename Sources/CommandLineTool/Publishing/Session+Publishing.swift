internal import ModuleStore

extension Session {
  /// The branch whose published revisions are meant: the named one, otherwise the store's; main if there is no store.
  var publishedBranch: BranchName {
    get throws {
      if let named = try namedBranch { return named }
      do { return try store.branch } catch StoreError.noStore { return .main }
    }
  }
}
