package import HTTPTypes
package import Hummingbird
package import JSONText
internal import NIOCore

extension Response {
  /// Returns a response with a text, without a newline at its end.
  ///
  /// An empty text has no content type.
  package static func text(_ text: String, status: HTTPResponse.Status = .ok) -> Response {
    var response = Response(status: status, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    if !text.isEmpty { response.headers[.contentType] = "text/plain; charset=utf-8" }
    return response
  }

  /// Returns a response with JSON on one line.
  ///
  /// The members of objects keep their order.
  package static func json(_ value: JSONValue, status: HTTPResponse.Status = .ok) -> Response {
    json { $0.write(value, sortingMembers: false) }.with(status: status)
  }

  /// Returns a response with the JSON that `write` writes.
  package static func json(_ write: (inout JSONWriter) -> Void) -> Response {
    var writer = JSONWriter()
    write(&writer)
    var response = Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(bytes: writer.bytes)))
    response.headers[.contentType] = "application/json"
    return response
  }

  /// A response with status 200 and without a body.
  package static var done: Response { Response(status: .ok) }

  private func with(status: HTTPResponse.Status) -> Response {
    var response = self
    response.status = status
    return response
  }
}
