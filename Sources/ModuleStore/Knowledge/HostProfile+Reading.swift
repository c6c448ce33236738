internal import FileSystem
public import SystemPackage
public import Wasm

extension HostProfile {
  /// The maximum size of a profile's file, in bytes.
  private static let largestFile = 16 << 20

  /// Reads a profile from a file, and gives it the name of the file.
  ///
  /// - Throws: `StoreError.source` if the file cannot be read or is not a profile.
  public init(reading path: FilePath) throws(StoreError) {
    let file = try ModuleSource.Origin.file(path).open()
    defer { try? file.close() }
    var bytes: [UInt8] = []
    var buffer = [UInt8](repeating: 0, count: 64 << 10)
    while true {
      let count: Int
      do { count = try fill(&buffer, from: file) } catch {
        throw .source(path: path.string, reason: "\(error)")
      }
      bytes += buffer.prefix(count)
      guard bytes.count <= Self.largestFile else { throw .source(path: path.string, reason: "too large") }
      if count < buffer.count { break }
    }
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw .source(path: path.string, reason: "not UTF-8")
    }
    do { try self.init(parsing: text, name: path.string) } catch {
      throw .source(path: "\(path):\(error.line)", reason: error.message)
    }
  }
}
