internal import FileSystem
internal import JSONText
public import SystemPackage

/// The keys that earlier manifests of a namespace contained and no present one does, with the time since when. A prune
/// may remove them.
public struct ReplacedKeys: Sendable {
  private let path: FilePath?
  private var times: [String: Int64] = [:]
  /// The files of the manifests.
  private var manifests: Set<String> = []

  /// Reads a file; the list is empty if the file does not exist or `path` is nil.
  ///
  /// - Throws: The error if it cannot be read, and `AssetError.noManifest` if it is a file of another kind.
  public init(in path: FilePath?) throws {
    self.path = path
    guard let path, let text = try contents(of: path) else { return }
    guard let json = JSONValue(parsing: text), case .object(let keys)? = json["keys"],
      case .array(let files)? = json["manifests"]
    else { throw AssetError.noManifest(path.string) }
    for (key, time) in keys { times[key] = time.number }
    manifests = Set(files.compactMap(\.text))
  }

  /// Records that a manifest replaces another one.
  ///
  /// Keys of other manifests that were written for the namespace are still needed.
  ///
  /// - Parameters:
  ///   - old: The manifest before; nil if there was none.
  ///   - new: The manifest now.
  ///   - file: The file of the manifest.
  ///   - time: The present time, in seconds since 1970.
  /// - Throws: `AssetError.noManifest` if another manifest can no longer be read.
  public mutating func replace(
    _ old: AssetManifest?, by new: AssetManifest, in file: FilePath, at time: Int64
  ) throws {
    let own = ((resolved(".") ?? ".").pushing(file)).lexicallyNormalized()
    var needed = new.keys
    for name in manifests where name != own.string {
      if let manifest = try AssetManifestFile(FilePath(name), .bincode).manifest() {
        needed.formUnion(manifest.keys)
      } else {
        manifests.remove(name)
      }
    }
    manifests.insert(own.string)
    for key in old?.keys ?? [] { times[key] = times[key] ?? time }
    for key in needed { times[key] = nil }
  }

  /// The keys that have not been needed since a time; none if `time` is nil.
  func keys(olderThan time: Int64?, among present: Set<String>) -> [String] {
    guard let time else { return [] }
    return times.filter { $0.value <= time && present.contains($0.key) }.keys.sorted()
  }

  /// The number of keys that are not needed.
  func count(among present: Set<String>) -> Int { times.keys.count { present.contains($0) } }

  /// Removes keys from the list.
  mutating func remove(_ keys: [String]) { for key in keys { times[key] = nil } }

  /// Writes the file atomically.
  ///
  /// - Throws: The error if it cannot be written; the file is then unchanged.
  public func write() throws {
    guard let path else { return }
    let members = times.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
    let text = JSONValue.object([
      ("keys", .object(members.map { ($0.key, .number($0.value)) })),
      ("manifests", .array(manifests.sorted().map { .text($0) })),
    ]).serialized
    try writeFile(path, Array(text.utf8))
  }
}

/// Writes a file atomically: readers see the old or the new file, and the new file survives a power failure.
func writeFile(_ path: FilePath, _ bytes: [UInt8]) throws(FileError) {
  let parent = path.removingLastComponent()
  let folder = parent.isEmpty ? "." : parent
  try makeFolders(folder)
  var file = try TemporaryFile(in: folder, prefix: ".wasmstore-", permissions: 0o666)
  try file.append(bytes.span.bytes)
  try file.takeAccess(of: path)
  try file.synchronize()
  try file.publish(at: path)
  try synchronizeFolder(folder)
}
