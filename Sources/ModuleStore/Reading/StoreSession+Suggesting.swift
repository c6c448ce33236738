internal import Git

extension StoreSession {
  /// The paths of the branch whose last component is that of a path that does not exist. An ending `.wasm` is ignored.
  ///
  /// This reads the whole tree. It is meant for hints to people, not for each failed request.
  ///
  /// - Parameters:
  ///   - reference: The path that was not found.
  ///   - limit: The maximum number of paths.
  /// - Returns: The paths, in order; none if the reference is not a path.
  /// - Throws: `StoreError.invalidPath`, `.damaged`.
  public func paths(namedAs reference: String, limit: Int) throws(StoreError) -> [ModulePath] {
    guard let missing = try ModuleReference(reference).path, let name = missing.names.last,
      let head = try head()
    else { return [] }
    let wanted = StoreSession.stem(name[...])
    var found: [ModulePath] = []
    for file in try files(of: head, below: nil) where file.mode == .file && found.count < limit {
      let start = file.path.lastIndex(of: 0x2f).map { $0 + 1 } ?? 0
      guard StoreSession.stem(file.path[start...]) == wanted else { continue }
      // A file that is not a module may have exactly this path.
      if let path = ModulePath(bytes: file.path), path != missing { found.append(path) }
    }
    return found
  }

  /// A name without its ending.
  private static func stem(_ name: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    let ending = Array(".wasm".utf8)
    return name.count > ending.count && name.suffix(ending.count).elementsEqual(ending)
      ? name.dropLast(ending.count) : name
  }
}
