public import NIOCore

/// A message that arrived.
public struct NATSMessage: Sendable {
  /// The subject, the reply subject, the block of headers and the payload, one after the other.
  private let bytes: ByteBuffer
  private let subjectRange: Range<Int>
  private let replyRange: Range<Int>
  private let headersRange: Range<Int>
  private let payloadRange: Range<Int>

  /// Creates a message from bytes that were read.
  ///
  /// - Parameters:
  ///   - frame: The ranges of the message.
  ///   - bytes: The bytes that were read; the ranges of the frame start at the first readable byte.
  init(_ frame: Frame, in bytes: ByteBuffer) {
    self.bytes = bytes
    let start = bytes.readerIndex
    func moved(_ range: Range<Int>) -> Range<Int> { start + range.lowerBound..<start + range.upperBound }
    subjectRange = moved(frame.subject)
    replyRange = moved(frame.reply)
    headersRange = moved(frame.headers)
    payloadRange = moved(frame.payload)
  }

  /// The subject.
  public var subject: String { text(subjectRange) }
  /// The reply subject; nil if no reply is expected.
  public var reply: String? { replyRange.isEmpty ? nil : text(replyRange) }
  /// The payload.
  public var payload: ByteBuffer { slice(payloadRange) }
  /// The length of the payload in bytes.
  public var payloadLength: Int { payloadRange.count }
  /// The length of the message in bytes, without its line.
  public var size: Int { headersRange.count + payloadRange.count + subjectRange.count + replyRange.count }
  /// Whether it has headers.
  public var hasHeaders: Bool { !headersRange.isEmpty }

  /// The headers, which are parsed at each call.
  ///
  /// - Throws: `NATSError.malformed`.
  public var headers: NATSHeaders {
    get throws(NATSError) {
      guard hasHeaders else { return NATSHeaders() }
      do {
        return try NATSHeaders(parsing: slice(headersRange).readableBytesUInt8Span)
      } catch {
        throw .malformed(error.reason)
      }
    }
  }

  /// The status of a response from the server, such as 404; nil for an ordinary message.
  public var status: Int? {
    hasHeaders ? NATSHeaders.status(in: slice(headersRange).readableBytesUInt8Span) : nil
  }

  /// Returns the value of the first header with a name, without reading the others; nil if there is none.
  public func header(_ name: StaticString) -> String? {
    hasHeaders ? NATSHeaders.value(name, in: slice(headersRange).readableBytesUInt8Span) : nil
  }

  /// The bytes of the subject.
  package var subjectBytes: ByteBuffer { slice(subjectRange) }
  /// The bytes of the reply subject; empty if no reply is expected.
  package var replyBytes: ByteBuffer { slice(replyRange) }

  /// The bytes of the headers; empty if there are none.
  package var headerBytes: ByteBuffer { slice(headersRange) }

  private func text(_ range: Range<Int>) -> String { String(buffer: slice(range)) }

  private func slice(_ range: Range<Int>) -> ByteBuffer {
    bytes.getSlice(at: range.lowerBound, length: range.count) ?? ByteBuffer()
  }
}
