internal import Identifiers
internal import FileSystem
internal import SystemPackage
internal import Tar

extension ImportRequest.Source {
  /// Tells by the names in it whether this seems to be a store of the older wasmstore, or a backup of one. What comes
  /// through standard input is not looked at.
  ///
  /// - Throws: `StoreError.source` where it cannot be read.
  public func seemsPredecessor() throws(StoreError) -> Bool {
    switch self {
    case .folder(let folder):
      do throws(FileError) { return PredecessorFiles.isStore(names: try names(in: folder)) } catch {
        throw .source(error)
      }
    case .archive(.standardInput): return false
    case .archive(let origin):
      let file = try origin.open()
      defer { try? file.close() }
      var reader = TarReader { (buffer, length) throws(TarError) in
        do throws(Errno) { return try fill(&buffer, upTo: length, from: file) } catch { throw .system(error) }
      }
      // What cannot be read as an archive is reported by whoever unpacks it.
      while let entry = try? reader.next() {
        guard case .below(let steps) = entry.place else { return false }
        if entry.kind != .file || steps.first?.elementsEqual("tmp".utf8) == true { continue }
        let names = steps.map { String(decoding: $0, as: UTF8.self) }
        return names.count == 3 && names[0] == "objects" && PredecessorKey(hex: names[1] + names[2]) != nil
          || names.first == "refs" || names.first == "lock"
      }
      return false
    }
  }
}
