/// The reason why compression or decompression failed.
package enum CompressionError: Error, Hashable, Sendable {
  /// The library does not support the level.
  case level(Int)
  case noMemory
  /// The compressed data is larger than its bound.
  case noRoom
  /// The compressed data is not a valid stream.
  case damaged
  /// The compressed data ends before the end of the stream.
  case cutOff
  /// A call of the library failed: the action, and the status of the library.
  case library(String, status: Int32)
}

extension CompressionError: CustomStringConvertible {
  /// The reason in lower case, without a full stop.
  package var description: String {
    switch self {
    case .level(let level): "compression level \(level) is not supported"
    case .noMemory: "not enough memory to inflate"
    case .noRoom: "the deflated data is larger than its maximum size"
    case .damaged: "the deflated data is not valid"
    case .cutOff: "the deflated data is truncated"
    case .library(let action, let status): "zlib cannot \(action) (\(status))"
    }
  }
}
