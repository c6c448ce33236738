import Support
import Testing

@testable import KVServer

@Suite struct BulkWriteReaderTests {
  private static let now = 1_700_000_000

  private static func read(_ text: String, pieces length: Int = .max) throws -> [KVNewEntry] {
    var reader = BulkWriteReader(now: now)
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      try reader.read(Array(rest.prefix(length)))
      rest = rest.dropFirst(length)
    }
    try reader.finish()
    return reader.takePairs()
  }

  private static func bytes(_ content: KVContent) -> [UInt8] {
    if case .pieces(let pieces) = content { Array(pieces.joined()) } else { [] }
  }

  @Test(arguments: [1, 7, 1000])
  func `pairs are the same whatever the pieces`(_ length: Int) throws {
    let text = """
      [ {"value":"aGVsbG8=", "base64" : true, "key":"a/é", "metadata" : {"x" : [1, 2.5, {}, "\\n"], "y":null} },
        {"key":"b","value":"\\ud83d\\ude00","expiration":1800000000,"expiration_ttl":60,"other":{"key":["c"]}},
        {"base64":false,"key":"c","value":"","metadata":null,"expiration":null}]
      """
    let pairs = try Self.read(text, pieces: length)
    #expect(pairs.map { String(decoding: $0.key, as: UTF8.self) } == ["a/é", "b", "c"])
    #expect(pairs.map { String(decoding: Self.bytes($0.value), as: UTF8.self) } == ["hello", "😀", ""])
    #expect(pairs[0].metadata == Array(#"{"x":[1,2.5,{},"\n"],"y":null}"#.utf8))
    #expect(pairs[1].metadata == nil)
    #expect(pairs[1].expiration == Self.now + 60)
    #expect(pairs[2].metadata == nil)
  }

  @Test(
    arguments: [
      ("YQ==", "a"), ("YWI=", "ab"), ("YWJj", "abc"), ("", ""),
      ("YQ", nil), ("YQ=", nil), ("Y", nil), ("Y===", nil), ("YQ==YQ==", nil), ("Y Q=", nil), ("_-==", nil),
    ] as [(String, String?)])
  func `base64 is decoded, or refused`(_ text: String, _ expected: String?) {
    let pairs = try? Self.read(#"[{"key":"a","value":"\#(text)","base64":true}]"#, pieces: 3)
    #expect(pairs.map { String(decoding: Self.bytes($0[0].value), as: UTF8.self) } == expected)
  }

  @Test func `base64 is decoded over several pieces`() throws {
    let text = String(repeating: "AAEC", count: KVContent.pieceLength / 4)
    let value = try Self.read(
      #"[{"key":"a","value":"\#(text)\#(text)Aw==","base64":true}]"#, pieces: 100_000)[0].value
    let bytes = Self.bytes(value)
    #expect(bytes.count == KVContent.pieceLength / 4 * 6 + 1)
    #expect(bytes.prefix(4) == [0, 1, 2, 0])
    #expect(bytes.suffix(4) == [0, 1, 2, 3])
    // The first piece ends with the padding.
    let padded = text.dropLast(4) + "Aw=="
    #expect(throws: KVFailure.self) {
      try Self.read(#"[{"key":"a","value":"\#(padded)AAEC","base64":true}]"#, pieces: 100_000)
    }
  }

  @Test func `large values come in pieces`() throws {
    let value = String(repeating: "abcd", count: KVContent.pieceLength / 2)
    let pairs = try Self.read(#"[{"key":"a","value":"\#(value)"}]"#, pieces: 100_000)
    guard case .pieces(let pieces) = pairs[0].value else { throw Unexpected(description: "no pieces") }
    #expect(pieces.map(\.count) == [KVContent.pieceLength, KVContent.pieceLength])
  }

  @Test func `a form is taken apart`() {
    let body = Array(
      """
      --x\r\nContent-Disposition: form-data; name="metadata"\r\n\r\n{}\r\n--x\r\n\
      content-disposition: form-data; filename="a;name=b"; name=value\r\nContent-Type: text/plain\r\n\r\n\
      \r\n--y\r\n\r\n--x--\r\n
      """.utf8)
    let form = MultipartForm(body, contentType: "multipart/form-data; charset=utf-8; boundary=\"x\"")
    #expect(form?["metadata"].map(Array.init) == Array("{}".utf8))
    #expect(form?["value"].map(Array.init) == Array("\r\n--y\r\n".utf8))
    #expect(form?["other"] == nil)
    #expect(MultipartForm(body, contentType: "multipart/form-data") == nil)
    #expect(MultipartForm(body, contentType: "multipart/form-data; boundary=z") == nil)
    #expect(MultipartForm(Array(body.dropLast(5)), contentType: "multipart/form-data; boundary=x") == nil)
    let empty = Array("--x\r\nContent-Disposition: form-data; name=\"value\"\r\n\r\n\r\n--x--".utf8)
    #expect(
      MultipartForm(empty, contentType: "multipart/form-data; boundary=x")?["value"].map(Array.init) == [])
  }
}
