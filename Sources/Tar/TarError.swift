package import SystemPackage

/// Says why an archive could not be written or read.
package enum TarError: Error, Hashable, Sendable {
  /// The file could not be read or written.
  case system(Errno)
  /// The file is not an archive, or is truncated or changed; with the reason.
  case damaged(String)
  /// The compressor failed.
  case failed(String)
}
