internal import FileSystem
public import SystemPackage

/// A file with a manifest of assets, which is built into a Worker.
public struct AssetManifestFile: Sendable {
  /// The result of writing the file.
  public enum Change: String, Sendable {
    case generated
    case updated
    case unchanged
  }

  /// The path of the file.
  public let path: FilePath
  /// The file format.
  public let format: AssetManifest.Format
  private let before: [UInt8]?

  /// Reads the existing file.
  ///
  /// - Throws: The error if it cannot be read.
  public init(_ path: FilePath, _ format: AssetManifest.Format) throws {
    self.path = path
    self.format = format
    before = try contents(of: path)
  }

  /// The existing manifest; nil if there is none.
  ///
  /// - Throws: `AssetError.noManifest` if the existing file is not a manifest.
  public func manifest() throws(AssetError) -> AssetManifest? {
    guard let before, !before.isEmpty else { return nil }
    return try AssetManifest(before, named: path.string)
  }

  /// The change to the file that writing a manifest makes. A file that already has these bytes stays as it is, so that
  /// build tools do not build again.
  ///
  /// - Throws: `AssetError.inChunks`.
  public func change(to manifest: AssetManifest) throws(AssetError) -> Change {
    guard let before else { return .generated }
    return before == (try manifest.bytes(format)) ? .unchanged : .updated
  }

  /// Writes a manifest atomically, and creates its folder if needed.
  ///
  /// - Throws: `AssetError.inChunks`, and the error if the file cannot be written; the file is then unchanged.
  public func write(_ manifest: AssetManifest) throws {
    let bytes = try manifest.bytes(format)
    if bytes != before { try writeFile(path, bytes) }
  }
}
