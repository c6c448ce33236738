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
    case .level(let level): "no compressor for level \(level)"
    case .noMemory: "no memory to inflate"
    case .noRoom: "the deflated bytes do not fit their bound"
    case .damaged: "the deflated bytes are not valid"
    case .cutOff: "the deflated bytes are cut off"
    case .library(let action, let status): "zlib cannot \(action) (\(status))"
    }
  }
}
