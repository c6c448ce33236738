internal import SystemPackage

/// The paths of the parts of a store (Documentation/formats.md, "Store").
struct StorePaths {
  let root: FilePath

  /// The first of the three locks (`StoreLocks`).
  var gate: FilePath { root.appending("gate") }
  /// The second of the three locks.
  var lock: FilePath { root.appending("lock") }
  /// The third of the three locks.
  var writeLock: FilePath { root.appending("write.lock") }
  /// The lock of a collection, so that only one runs at a time.
  var collectionLock: FilePath { root.appending("gc.lock") }
  /// The operation record.
  var operations: FilePath { root.appending("operations") }
  /// Unfinished files.
  var temporary: FilePath { root.appending("tmp") }
  /// Exists while a restored store is moved into an existing folder.
  var unfinishedRestore: FilePath { temporary.appending("restoring") }
  /// Raw copies of modules.
  var modules: FilePath { root.appending("modules") }
  /// Git objects.
  var objects: FilePath { root.appending("objects") }
  /// The hook that plain git runs for each reference of a push.
  var updateHook: FilePath { root.appending("hooks/update") }
  /// Settings, in git's syntax.
  var configuration: FilePath { root.appending("config") }

  /// The catalog of a generation.
  func catalog(generation: Int) -> FilePath { root.appending("catalog-\(generation).db") }
}
