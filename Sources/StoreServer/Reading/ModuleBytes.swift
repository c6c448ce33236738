internal import HTTPServing
internal import FileSystem
internal import Identifiers
internal import ModuleStore
internal import NIOCore
internal import SystemPackage

/// The bytes of a module that is being sent, in memory or in an open file.
enum ModuleBytes: Sendable {
  case memory(ByteBuffer)
  case file(ModuleFile)
}

/// An open file with the raw bytes of a module.
final class ModuleFile: Sendable {
  private let file: OpenFile

  init(_ file: consuming OpenFile) { self.file = file }

  /// Reads a range of bytes.
  ///
  /// - Throws: `StoreError.system`; `.damaged` if the file has become shorter.
  func bytes(_ range: Range<Int>) throws(StoreError) -> ByteBuffer {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try file.bytes(at: range.lowerBound, upTo: range.count)
    } catch {
      throw .system(what: error.summary, errno: error.reason.rawValue)
    }
    guard bytes.count == range.count else { throw .damaged("\(file.path) became shorter while it was read") }
    return ByteBuffer(bytes: bytes)
  }
}

extension ServedStore {
  /// Returns the bytes of a module: a small module in memory, a large one as an open file.
  ///
  /// - Throws: `StoreError.damaged` if the module is missing.
  func bytes(of module: Module) async throws -> ModuleBytes {
    if let bytes = modules.bytes(of: module.digest) { return .memory(bytes) }
    if module.size > ModuleCache.moduleLimit {
      do {
        return .file(
          try await readers.run { (session) throws(StoreError) in try session.openRawCopy(of: module) })
      } catch StoreError.readOnly {
        // The store is read-only, so that no raw copy can be made. The module is sent from memory.
      }
    }
    let bytes = try await readers.run { (session) throws(StoreError) in
      var buffer = ByteBuffer()
      buffer.reserveCapacity(module.size)
      try session.read(module) { (chunk) throws(StoreError) in buffer.writeBytes(chunk) }
      return buffer
    }
    if module.size <= ModuleCache.moduleLimit { modules.insert(bytes, for: module.digest) }
    return .memory(bytes)
  }
}

extension StoreSession {
  /// Opens the raw copy of a module, and creates the copy if necessary.
  ///
  /// - Throws: `StoreError.readOnly` if the copy cannot be created.
  fileprivate func openRawCopy(of module: Module) throws(StoreError) -> ModuleFile {
    // A garbage collection may remove the copy before it is opened, but only once.
    for _ in 0..<2 {
      let path = try rawCopy(of: module)
      do throws(FileError) {
        if let file = try OpenFile(reading: path) { return ModuleFile(file) }
      } catch {
        throw .system(what: error.summary, errno: error.reason.rawValue)
      }
    }
    throw .damaged("the copy of \(module.digest) was deleted")
  }
}
