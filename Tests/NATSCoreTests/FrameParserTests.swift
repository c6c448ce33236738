import Testing

@testable import NATSCore

@Suite struct FrameParserTests {
  /// Parses all bytes of a text that arrive in pieces of a length.
  private func frames(_ text: String, piece: Int = .max) throws -> [String] {
    var parser = FrameParser()
    var unread: [UInt8] = []
    var rest = Array(text.utf8)[...]
    var found: [String] = []
    while !rest.isEmpty {
      unread += rest.prefix(piece)
      rest = rest.dropFirst(piece)
      while let frame = try parser.next(in: unread.span) {
        func part(_ range: Range<Int>) -> String { String(decoding: unread[range], as: UTF8.self) }
        found.append(
          "\(frame.kind) \(frame.subscription) \(part(frame.subject))|\(part(frame.reply))|\(part(frame.headers))|"
            + part(frame.payload))
        unread.removeFirst(frame.length)
      }
    }
    return found + (unread.isEmpty ? [] : ["\(unread.count) unread"])
  }

  @Test(arguments: [1, 2, 3, 7, 64, .max])
  func `all kinds are read, however the bytes are cut`(piece: Int) throws {
    let text = """
      INFO {"server_id":"a"} \r\nPING\r\nPONG\r\n+OK\r\n-ERR 'Unknown Protocol Operation'\r
      MSG a.b 1 0\r\n\r\nMSG a.b 12 reply.x 5\r\nhe\r\nl\r
      HMSG c 3 22 25\r\nNATS/1.0 100\r\nA: b\r\n\r\nxyz\r
      HMSG\tc  3 r 12 12\r\nNATS/1.0\r\n\r\n\r\nping\r\n

      """.replacing("\r\n\n", with: "\r\n").replacing("\n", with: "\n")
    #expect(
      try frames(text.replacing("\n\r", with: "\n\r"), piece: piece) == [
        "info 0 |||{\"server_id\":\"a\"}", "ping 0 |||", "pong 0 |||", "acknowledgement 0 |||",
        "failure 0 |||Unknown Protocol Operation", "message 1 a.b|||", "message 12 a.b|reply.x||he\r\nl",
        "message 3 c||NATS/1.0 100\r\nA: b\r\n\r\n|xyz", "message 3 c|r|NATS/1.0\r\n\r\n|", "ping 0 |||",
      ])
  }

  @Test(arguments: [
    ("MSG a 1\r\n", "a message has the wrong fields"),
    ("MSG a 1 b c 5\r\n", "a message has the wrong fields"),
    ("MSG a x 5\r\n", "a message has no length"), ("MSG a 1 -5\r\n", "a message has no length"),
    ("MSG a 1 9999999999\r\n", "a message has no length"),
    ("MSG a 1 99999999\r\n", "a message is too long"),
    ("HMSG a 1 9 8\r\n", "a message has no length"),
    ("MSG a 1 2\r\nabcd", "a message is longer than its stated length"),
    ("\r\n", "it sent an empty line"), ("PING\n", "a line ends without CR"),
    ("HELLO\r\n", "it sent an unknown line"),
    (String(repeating: "a", count: 5_000), "a line is too long"),
  ])
  func `what is no frame is refused`(text: String, reason: String) {
    #expect(throws: ProtocolViolation(reason)) { try frames(text) }
  }

  @Test func `headers keep their order, their case and their repetitions`() throws {
    let block = Array("NATS/1.0 404 No Messages \r\nA: 1\r\na:2\r\nA:  3 \r\nEmpty:\r\n\r\n".utf8)
    let headers = try NATSHeaders(parsing: block.span)
    #expect(headers.status == 404)
    #expect(headers.statusText == "No Messages")
    #expect(headers.values("A") == ["1", "3"])
    #expect(headers["a"] == "2")
    #expect(headers.last("A") == "3")
    #expect(headers["Empty"] == "")
    #expect(headers["B"] == nil)
  }

  @Test(arguments: [
    "", "NATS/1.0", "NATS/1.1\r\n\r\n", "NATS/1.0\r\n", "NATS/1.0\r\nA\r\n\r\n", "NATS/1.0\r\n: b\r\n\r\n",
    "NATS/1.0\r\n\r\nmore",
  ])
  func `what is no block of headers is refused`(text: String) {
    let block = Array(text.utf8)
    #expect(throws: ProtocolViolation.self) { try NATSHeaders(parsing: block.span) }
  }

  @Test(arguments: [("A b", "1"), ("A:", "1"), ("", "1"), ("A", "1\r\nB: 2"), ("ä", "1")])
  func `a header that could not be read again is not written`(name: String, value: String) {
    var block: [UInt8] = []
    let headers: NATSHeaders = [name: value]
    #expect(throws: NATSError.invalidHeader(name)) { try headers.write(to: &block) }
  }

  @Test(arguments: [
    ("a", true, true), ("a.b-c.$d", true, true), ("ünï", true, true), ("", false, false),
    ("a..b", false, false),
    (".a", false, false), ("a.", false, false), ("a b", false, false), ("a\r\n", false, false),
    ("a.*", false, true),
    ("*", false, true), (">", false, true), ("a.>", false, true), ("a.>.b", false, false),
    ("a*", false, false),
    ("*a", false, false), ("a>", false, false), (">a", false, false),
    (String(repeating: "a", count: 4_000), true, true),
    (String(repeating: "a", count: 4_001), false, false),
  ])
  func `subjects are checked`(subject: String, isPublishable: Bool, isSubscribable: Bool) {
    #expect(SubjectSyntax.isPublishable(subject) == isPublishable)
    #expect(SubjectSyntax.isSubscribable(subject) == isSubscribable)
  }

  @Test(arguments: [
    ("localhost", "localhost:4222"), ("nats://a.example:1", "a.example:1"), ("tls://[::1]:5/", "[::1]:5"),
    ("nats://u:p%40@h", "h:4222"),
  ])
  func `URLs of servers are read`(text: String, address: String) throws {
    #expect(try NATSServerURL(text).address.description == address)
  }

  @Test(arguments: ["", "nats://", "ws://a", "a:b", "a:70000", "[::1", "a b"])
  func `what is no URL of a server is refused`(text: String) {
    #expect(throws: NATSError.self) { try NATSServerURL(text) }
  }

  @Test func `base64 is written and read in both alphabets`() {
    for length in 0..<40 {
      let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 251) }
      for isForURLs in [false, true] {
        for isPadded in [false, true] {
          let text = Base64.encoded(bytes, isForURLs: isForURLs, isPadded: isPadded)
          #expect(Base64.decoded(text) == bytes)
        }
      }
    }
    #expect(Base64.encoded([255, 255, 190], isForURLs: false, isPadded: true) == "//++")
    #expect(Base64.encoded([0], isForURLs: true, isPadded: true) == "AA==")
    for text in ["A", "A===", "AA=A", "A*"] { #expect(Base64.decoded(text) == nil) }
  }
}
