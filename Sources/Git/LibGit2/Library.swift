internal import Clibgit2

/// Prepares libgit2 once for the whole process.
enum Library {
  /// Bytes of objects that libgit2 may keep; its default, 256 MB, would break the memory bound. A full cache of
  /// more costs a walk over many commits more than it saves: each that comes in is paid with a search for one to
  /// drop.
  private static let objectCacheLimit = 1 << 20
  /// Bytes of a pack that are mapped at a time, and in all: mapped pages count as resident memory.
  private static let packWindow = 1 << 18
  private static let packWindowLimit = 16 << 20

  private static let status: Int32 = {
    let status = git_libgit2_init()
    guard status >= 0 else { return status }
    for option in [
      shim_set_option(Int32(GIT_OPT_ENABLE_FSYNC_GITDIR.rawValue), 1),
      shim_set_cache_maximum(objectCacheLimit),
      // `RecentTrees` keeps those; here they would only drive out the commits.
      shim_set_cache_object_limit(GIT_OBJECT_TREE, 0),
      shim_set_mmap_window(packWindow, packWindowLimit),
      // It knows no `*` in `safe.directory`; who opens a repository asks first whose it is.
      shim_set_option(Int32(GIT_OPT_SET_OWNER_VALIDATION.rawValue), 0),
    ] where option < 0 {
      return option
    }
    // The git configurations of the user and of the system must change nothing in a store, nor need they be readable.
    for level in [
      GIT_CONFIG_LEVEL_PROGRAMDATA, GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_XDG, GIT_CONFIG_LEVEL_GLOBAL,
    ] {
      let status = shim_set_search_path(level.rawValue, "")
      if status < 0 { return status }
    }
    return 0
  }()

  /// Prepares libgit2; later calls cost nothing.
  static func prepare() throws(GitError) { try check(status) }
}
