internal import Crypto
internal import FileSystem
internal import Identifiers
internal import SystemPackage
internal import Tar

/// Writes the entries of a backup, and then the list of their SHA-256 (Documentation/formats.md, "Backup").
struct BackupWriter: ~Copyable {
  private var tar: TarWriter
  private let size: Counter
  private let path: String
  private var sums: [UInt8] = []

  /// Counts the written bytes.
  private final class Counter { var bytes: Int64 = 0 }

  /// The compression level for texts; packs are deflated already.
  private static let textLevel = 6

  /// Starts a backup.
  ///
  /// - Parameters:
  ///   - file: The output.
  ///   - path: The name of the file in errors.
  ///   - isCompressed: Whether to compress with gzip.
  /// - Throws: `StoreError.failed` if there is no compressor.
  init(to file: FileDescriptor, named path: String, compressed isCompressed: Bool) throws(StoreError) {
    let size = Counter()
    self.size = size
    self.path = path
    do throws(TarError) {
      tar = try TarWriter(level: isCompressed ? BackupWriter.textLevel : nil) { (bytes) throws(TarError) in
        do throws(Errno) { try writeAll(bytes, to: file) } catch { throw .system(error) }
        size.bytes += Int64(bytes.byteCount)
      }
    } catch {
      throw StoreError(error, writing: path)
    }
  }

  /// The number of written bytes.
  var byteCount: Int64 { size.bytes }

  /// Adds a folder.
  mutating func addFolder(_ name: String) throws(StoreError) {
    try begin(TarEntry(name: Array("./\(name)".utf8), kind: .folder))
  }

  /// Adds a file that is in memory.
  mutating func add(_ name: String, _ bytes: [UInt8]) throws(StoreError) {
    var file = try BackupWriter.Entry(name, size: bytes.count, in: &self)
    try file.append(bytes.span.bytes, to: &self)
    file.end(in: &self)
  }

  /// Ends the archive.
  mutating func finish() throws(StoreError) {
    let list = sums
    try add(BackupEntry.sums, list)
    do throws(TarError) { try tar.finish() } catch { throw StoreError(error, writing: path) }
  }

  private mutating func begin(_ entry: TarEntry) throws(StoreError) {
    do throws(TarError) { try tar.begin(entry) } catch { throw StoreError(error, writing: path) }
  }

  /// A file whose bytes arrive in pieces.
  struct Entry: ~Copyable {
    private let name: String
    private var digest = SHA256()

    /// Starts a file, such as a pack, that would not become smaller by compression.
    init(
      _ name: String, size: Int, isDeflated: Bool = false, in writer: inout BackupWriter
    ) throws(StoreError) {
      self.name = name
      var entry = TarEntry(name: Array("./\(name)".utf8), size: size)
      if isDeflated { entry.mode = 0o444 }
      do throws(TarError) { try writer.tar.setLevel(isDeflated ? 0 : BackupWriter.textLevel) } catch {
        throw StoreError(error, writing: writer.path)
      }
      try writer.begin(entry)
    }

    mutating func append(_ bytes: RawSpan, to writer: inout BackupWriter) throws(StoreError) {
      digest.update(bytes)
      do throws(TarError) { try writer.tar.append(bytes) } catch {
        throw StoreError(error, writing: writer.path)
      }
    }

    /// Adds the file to the list.
    consuming func end(in writer: inout BackupWriter) {
      writer.sums += Array("\(ModuleDigest(digest.finalize()).hex)  ./\(name)\n".utf8)
    }
  }
}

extension StoreError {
  /// Converts an error of the archive.
  init(_ error: TarError, writing path: String) {
    switch error {
    case .system(let reason): self.init("cannot write \(path)", reason)
    case .damaged(let text), .failed(let text): self = .failed("cannot write \(path): \(text)")
    }
  }
}
