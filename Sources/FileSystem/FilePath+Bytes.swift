package import SystemPackage

extension FilePath {
  /// The bytes of the path, which may not be UTF-8.
  package var bytes: [UInt8] {
    withPlatformString { text in
      var bytes: [UInt8] = []
      var next = text
      while next.pointee != 0 {
        bytes.append(UInt8(bitPattern: next.pointee))
        next += 1
      }
      return bytes
    }
  }

  /// Creates a path from these bytes, up to the first byte that is 0.
  package init(_ bytes: [UInt8]) {
    self.init(platformString: bytes.prefix { $0 != 0 }.map { CChar(bitPattern: $0) } + [0])
  }

  /// The path without its last component, as `removingLastComponent()` returns it.
  ///
  /// That method uses generic slices. At its first call the runtime searches all conformances of the program, which takes
  /// a seventh of the time of a short command.
  package var folder: FilePath {
    let bytes = bytes
    guard let slash = bytes.lastIndex(of: 0x2f) else { return FilePath([]) }
    return FilePath(Array(bytes[..<max(slash, 1)]))
  }

  /// The path of a name in the folder that this path names.
  package func appending(bytes name: [UInt8]) -> FilePath { FilePath(bytes + [0x2f] + name) }
}
