package import SystemPackage

/// Says why an archive could not be written or read.
package enum TarError: Error, Hashable, Sendable {
  /// Its file could not be read or written.
  case system(Errno)
  /// It is no archive, or cut off, or changed; says what is wrong.
  case damaged(String)
  /// The compressor failed.
  case failed(String)
}
