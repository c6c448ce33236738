internal import Identifiers
internal import FileSystem
internal import SystemPackage
internal import Tar

extension ImportRequest.Source {
  /// Returns whether the names look like those of a store of the older wasmstore, or of a backup of one. Standard
  /// input is not checked.
  ///
  /// - Throws: `StoreError.source` if it cannot be read.
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
      // If it cannot be read as an archive, the code that unpacks it reports the error.
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
