internal import Clibgit2

/// Initialises libgit2 once for the whole process.
enum Library {
  /// The bytes of objects that libgit2 may cache; its default, 256 MB, would exceed the memory bound. A larger cache
  /// costs a walk over many commits more than it saves when it is full: each new object requires a search for an
  /// object to drop.
  private static let objectCacheLimit = 1 << 20
  /// The bytes of a pack that are mapped at a time, and in total: mapped pages count as resident memory.
  private static let packWindow = 1 << 18
  private static let packWindowLimit = 16 << 20

  private static let status: Int32 = {
    let status = git_libgit2_init()
    guard status >= 0 else { return status }
    for option in [
      shim_set_option(Int32(GIT_OPT_ENABLE_FSYNC_GITDIR.rawValue), 1),
      shim_set_cache_maximum(objectCacheLimit),
      // `RecentTrees` caches trees; here they would only displace the commits.
      shim_set_cache_object_limit(GIT_OBJECT_TREE, 0),
      shim_set_mmap_window(packWindow, packWindowLimit),
      // libgit2 does not support `*` in `safe.directory`; the caller checks the owner before it opens a repository.
      shim_set_option(Int32(GIT_OPT_SET_OWNER_VALIDATION.rawValue), 0),
    ] where option < 0 {
      return option
    }
    // The git configurations of the user and of the system must not change a store, and need not be readable.
    for level in [
      GIT_CONFIG_LEVEL_PROGRAMDATA, GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_XDG, GIT_CONFIG_LEVEL_GLOBAL,
    ] {
      let status = shim_set_search_path(level.rawValue, "")
      if status < 0 { return status }
    }
    return 0
  }()

  /// Initialises libgit2; later calls cost nothing.
  static func prepare() throws(GitError) { try check(status) }
}
