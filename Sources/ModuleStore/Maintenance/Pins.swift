internal import FileSystem
internal import Git
internal import Identifiers
internal import SystemPackage

/// Protects objects from deletion during a long read (Documentation/formats.md, "Pins").
///
/// A reader that holds `lock` for minutes would block writers and gc. So it creates its own references to the objects
/// that it reads, under `lock`, and deletes them at the end. A locked file shows that the reader is alive.
final class Pins {
  private let repository: Repository
  private let layout: StorePaths
  private let id: String
  private let lock: AdvisoryLock

  /// The beginning of the names of all pins.
  static let prefix = "refs/wasmstore/pins/"

  /// Pins objects. The caller holds `lock`, shared, since before it read which objects to pin.
  ///
  /// - Parameters:
  ///   - objects: The objects to pin, with everything reachable from them.
  ///   - session: The store.
  /// - Throws: `StoreError.system` if files cannot be created.
  init(_ objects: some Sequence<ObjectID>, in session: StoreSession) throws(StoreError) {
    try Pins.removeAbandoned(in: session)
    repository = session.repository
    layout = session.layout
    id = String(UInt64.random(in: 1 << 60 ... .max), radix: 16)
    let (layout, id) = (layout, id)
    lock = try translated { () throws(FileError) in
      try makeFolder(layout.temporary)
      let lock = try AdvisoryLock(making: Pins.file(id, in: layout))
      // No other process knows the name yet.
      _ = try lock.attempt(.exclusive)
      return lock
    }
    let folder = layout.root.appending(Pins.prefix + id)
    try translated { () throws(FileError) in
      try makeFolders(folder)
      for (number, object) in Set(objects).sorted().enumerated() {
        // git does not treat a file with such an ending as a reference.
        var file = try TemporaryFile(making: folder.appending("\(number).lock"), permissions: 0o666)
        try file.append(Array((object.hex + "\n").utf8).span.bytes)
        try file.publish(at: folder.appending("\(number)"))
      }
    }
  }

  deinit {
    // The next process that pins, or gc, deletes the rest.
    do throws(StoreError) { try Pins.remove(id, in: layout, repository) } catch {}
  }

  /// Deletes the pins of processes that are gone.
  ///
  /// - Throws: `StoreError.system` if they cannot be listed or deleted.
  static func removeAbandoned(in session: StoreSession) throws(StoreError) {
    let (layout, repository) = (session.layout, session.repository)
    let loose = try translated { () throws(FileError) in try names(in: layout.root.appending(prefix)) }
    let packed = try translated { () throws(GitError) in try repository.references(withPrefix: prefix) }
    let ids =
      loose
      + packed.compactMap { $0.name.dropFirst(prefix.count).split(separator: "/").first.map(String.init) }
    for id in Set(ids) {
      let isHeld = try translated { () throws(FileError) in
        guard let lock = try AdvisoryLock(present: file(id, in: layout)) else { return false }
        return try !lock.attempt(.exclusive)
      }
      if !isHeld { try remove(id, in: layout, repository) }
    }
  }

  /// The file that is locked as long as the pins are valid.
  private static func file(_ id: String, in layout: StorePaths) -> FilePath {
    layout.temporary.appending("pin-" + id)
  }

  private static func remove(
    _ id: String, in layout: StorePaths, _ repository: Repository
  ) throws(StoreError) {
    try translated { () throws(FileError) in _ = try clearTree(layout.root.appending(prefix + id)) }
    // Plain git may have packed them.
    try translated { () throws(GitError) in
      for reference in try repository.references(withPrefix: prefix + id + "/") {
        guard case .object(let object) = reference.target else { continue }
        try repository.delete(reference.name, expected: object)
      }
    }
    try translated { () throws(FileError) in _ = try removeFile(file(id, in: layout)) }
  }
}
