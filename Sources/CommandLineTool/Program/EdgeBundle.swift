internal import FileSystem
internal import StoreJSON
internal import SystemPackage

/// The output of `scripts/build-edge`, stored beside the program: the Worker, and a host that runs it.
struct EdgeBundle {
  let folder: FilePath

  /// The files of a Worker.
  static let files = ["worker.js", "edge.wasm", "heads.wasm"]

  /// Finds the bundle: in a named folder, or where `scripts/install` and `scripts/build` put it beside the program.
  ///
  /// - Throws: `Failure` if there is none.
  init(_ named: String?) throws(Failure) {
    if let named {
      folder = FilePath(named)
      guard EdgeBundle.isThere(folder) else {
        throw Failure(.notFound, "worker.js, edge.wasm or heads.wasm is missing in \(named)")
      }
      return
    }
    let program: [UInt8]?
    do throws(FileError) { program = try linkTarget(of: "/proc/self/exe", limit: 4_096) } catch {
      throw Failure(.failed, error.description)
    }
    let place = FilePath(String(decoding: program ?? [], as: UTF8.self)).removingLastComponent()
    let candidates = [
      place.removingLastComponent().appending("share/wasmstore/edge"), place.appending("edge"),
    ]
    guard let found = candidates.first(where: EdgeBundle.isThere) else {
      throw Failure(
        .notFound, "the Worker is not installed next to the program",
        hint: "scripts/install installs it; scripts/build-edge builds it in .build/edge for --bundle")
    }
    folder = found
  }

  private static func isThere(_ folder: FilePath) -> Bool {
    // A file that cannot be read counts as missing; the error message names the folder.
    files.allSatisfy { ((try? contents(of: folder.appending($0), last: 1)) ?? nil) != nil }
  }

  /// Copies the Worker into a folder, which is created.
  ///
  /// - Throws: `Failure` if a file cannot be read or written.
  func copy(into target: FilePath) throws(Failure) {
    do throws(FileError) {
      let made = try ConfinedFolder(making: target)
      for name in EdgeBundle.files {
        let path = folder.appending(name)
        guard let bytes = try contents(of: path) else {
          throw FileError("read", path, .noSuchFileOrDirectory)
        }
        try store(bytes, as: name, in: made, target)
      }
    } catch {
      throw Failure(.failed, error.description)
    }
  }

  /// Writes a file of a project.
  static func write(_ text: String, to name: String, in folder: FilePath) throws(Failure) {
    do throws(FileError) {
      try store(Array(text.utf8), as: name, in: try ConfinedFolder(making: folder), folder)
    } catch {
      throw Failure(.failed, error.description)
    }
  }
}

private func store(
  _ bytes: [UInt8], as name: String, in folder: ConfinedFolder, _ path: FilePath
) throws(FileError) {
  try folder.write(Array(name.utf8), executable: false, failure: { $0 }) { (file) throws(FileError) in
    do throws(Errno) { try writeAll(bytes.span.bytes, to: file) } catch {
      throw FileError("write", path.appending(name), error)
    }
  }
}
