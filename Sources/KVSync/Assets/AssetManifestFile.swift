internal import FileSystem
public import SystemPackage

/// A file that has a manifest of assets, as a Worker takes it in when it is built.
public struct AssetManifestFile: Sendable {
  /// What became of the file.
  public enum Change: String, Sendable {
    case generated
    case updated
    case unchanged
  }

  /// Where it is.
  public let path: FilePath
  /// How it is written.
  public let format: AssetManifest.Format
  private let before: [UInt8]?

  /// Reads what is there.
  ///
  /// - Throws: Why it cannot be read.
  public init(_ path: FilePath, _ format: AssetManifest.Format) throws {
    self.path = path
    self.format = format
    before = try contents(of: path)
  }

  /// The manifest that is there; nil where there is none.
  ///
  /// - Throws: `AssetError.noManifest` where another file is there.
  public func manifest() throws(AssetError) -> AssetManifest? {
    guard let before, !before.isEmpty else { return nil }
    return try AssetManifest(before, named: path.string)
  }

  /// What becomes of the file when a manifest is written; one that has these bytes stays as it is, so that nothing is
  /// built again for it.
  ///
  /// - Throws: `AssetError.inChunks`.
  public func change(to manifest: AssetManifest) throws(AssetError) -> Change {
    guard let before else { return .generated }
    return before == (try manifest.bytes(format)) ? .unchanged : .updated
  }

  /// Writes a manifest in one step, making the folder that it is in.
  ///
  /// - Throws: `AssetError.inChunks`, and why the file is as it was.
  public func write(_ manifest: AssetManifest) throws {
    let bytes = try manifest.bytes(format)
    if bytes != before { try writeFile(path, bytes) }
  }
}
