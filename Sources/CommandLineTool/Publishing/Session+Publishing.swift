internal import ModuleStore

extension Session {
  /// The branch whose publications are meant: the one that is named, else the store's; where there is no store, main.
  var publishedBranch: BranchName {
    get throws {
      if let named = try namedBranch { return named }
      do { return try store.branch } catch StoreError.noStore { return .main }
    }
  }
}
