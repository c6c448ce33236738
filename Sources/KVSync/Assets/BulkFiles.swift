internal import FileSystem
internal import Identifiers
internal import JSONText
public import SystemPackage

/// Files for `wrangler kv bulk put`: each is an array of pairs with values in base64.
public struct BulkFiles: ~Copyable {
  /// A file that was written.
  public struct Written: Sendable {
    /// The path of the file.
    public let path: FilePath
    /// The number of pairs.
    public let pairs: Int
    /// The number of bytes.
    public let bytes: Int
  }

  private let path: FilePath
  private let folder: FilePath
  private var file: TemporaryFile?
  private var pairs = 0
  /// The files that are complete.
  public private(set) var written: [Written] = []

  /// The maximum number of pairs and of bytes in a file: the limits of one request to the interface.
  private static let pairLimit = 10_000
  private static let byteLimit = 95_000_000

  /// Sets the path of the first file; further ones have a number before their extension.
  init(_ path: FilePath) {
    self.path = path
    let parent = path.removingLastComponent()
    folder = parent.isEmpty ? "." : parent
  }

  /// Writes values.
  ///
  /// - Parameters:
  ///   - path: The path of the first file; further ones have a number before their extension.
  ///   - values: The values, in the order in which they are written.
  /// - Returns: The files.
  /// - Throws: The error if a file cannot be written or a value cannot be read.
  public static func write(_ path: FilePath, _ values: [StoredValue]) throws -> [Written] {
    var files = BulkFiles(path)
    for value in values { try files.append(value) }
    try files.finish()
    return files.written
  }

  private mutating func append(_ value: StoredValue) throws {
    let bytes = try value.bytes()
    var writer = JSONWriter()
    writer.object { writer in
      writer.member("key", value.key)
      writer.member("value") { $0.text { Base64.append(bytes, to: &$0) } }
      writer.member("base64", true)
      writer.member("metadata") { $0.write(value.metadata.json) }
    }
    // The file ends with two more bytes.
    if let size = file?.size,
      pairs == BulkFiles.pairLimit || size + writer.bytes.count + 4 > BulkFiles.byteLimit
    {
      try finish()
    }
    if file == nil { try begin() }
    try add((pairs == 0 ? [] : [0x2c, 0x0a]) + writer.bytes)
    pairs += 1
  }

  private mutating func begin() throws(FileError) {
    try makeFolders(folder)
    file = try TemporaryFile(in: folder, prefix: ".wasmstore-", permissions: 0o666)
    try add([0x5b])
  }

  private mutating func add(_ bytes: [UInt8]) throws(FileError) { try file?.append(bytes.span.bytes) }

  private mutating func finish() throws(FileError) {
    if file == nil { try begin() }
    try add([0x5d, 0x0a])
    let name = written.isEmpty ? path : numbered(written.count + 1)
    guard var whole = file.take() else { return }
    try whole.synchronize()
    try whole.publish(at: name)
    written.append(Written(path: name, pairs: pairs, bytes: whole.size))
    pairs = 0
  }

  /// The name of a further file.
  private func numbered(_ number: Int) -> FilePath {
    let name = path.lastComponent
    let ending = name?.extension.map { "." + $0 } ?? ""
    return folder.appending("\(name?.stem ?? "")-\(number)\(ending)")
  }
}
