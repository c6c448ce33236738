/// Says why bytes could not be deflated or inflated.
package enum CompressionError: Error, Hashable, Sendable {
  /// There is no compressor for a level.
  case level(Int)
  case noMemory
  /// The deflated bytes are more than their bound.
  case noRoom
  /// The deflated bytes are no valid stream.
  case damaged
  /// The deflated bytes end before the stream does.
  case cutOff
  /// What the library refused, with its status.
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
