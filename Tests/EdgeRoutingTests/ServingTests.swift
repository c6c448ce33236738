import Identifiers
import ModuleStore
import Testing

@Suite("Serving at the edge")
struct ServingTests {
  private let hello = Array("hello\n".utf8)
  private let tag = "5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03"

  private func site(_ variables: [String: String]? = nil) throws -> Site {
    let site = variables.map { Site($0) } ?? Site()
    site.publish([
      (
        try site.store([
          "index.html": .init(content: hello, type: "text/html; charset=utf-8"),
          "docs/index.html": .init(content: Array("docs".utf8), type: "text/html; charset=utf-8"),
          "a b.txt": .init(content: Array("space".utf8)), "a%20b.txt": .init(content: Array("escape".utf8)),
          "ü.txt": .init(content: Array("accent".utf8)),
          "app.wasm": .init(content: [0, 0x61, 0x73, 0x6d], type: "application/wasm"),
          "empty": .init(content: []),
          "404.html": .init(content: Array("gone".utf8), type: "text/html; charset=utf-8"),
        ]), 10, false
      )
    ])
    return site
  }

  @Test("A file comes with what is known of it")
  func file() throws {
    let site = try site()
    let answer = site.get("/index.html")
    #expect(answer.status == 200)
    #expect(answer.body == hello)
    #expect(
      answer.headers == [
        "accept-ranges": "bytes", "cache-control": "public, max-age=0, must-revalidate",
        "content-digest": "sha-256=:WJG1tSLV3whtD/CxEPvZ0hu0/HFjrzTQgoai6Eb2vgM=:", "content-length": "6",
        "content-type": "text/html; charset=utf-8", "etag": "\"\(tag)\"",
        "last-modified": "Sat, 23 Jan 2021 00:00:00 GMT",
        "repr-digest": "sha-256=:WJG1tSLV3whtD/CxEPvZ0hu0/HFjrzTQgoai6Eb2vgM=:",
        "x-content-type-options": "nosniff",
        "x-wasmstore-revision": "1",
      ])
    #expect(site.get("/app.wasm").headers["content-type"] == "application/wasm")
    #expect(site.get("/empty").body == [])
  }

  @Test("HEAD and 304 read no content")
  func withoutContent() throws {
    let site = try site()
    let whole = site.get("/index.html")
    site.reads = []
    let head = site.ask("HEAD", "/index.html")
    #expect((head.status, head.body, head.headers) == (200, [], whole.headers))
    for field in [
      ["if-none-match": "\"\(tag)\""], ["if-none-match": "\"x\", W/\"\(tag)\""], ["if-none-match": "*"],
      ["if-modified-since": "Sat, 23 Jan 2021 00:00:00 GMT"],
    ] {
      let answer = site.get("/index.html", field)
      #expect((answer.status, answer.body) == (304, []))
      #expect(answer.headers["etag"] == "\"\(tag)\"")
      #expect(answer.headers["content-length"] == nil)
    }
    #expect(site.reads.allSatisfy { $0 == "head" })
  }

  @Test(
    "What the client has otherwise does not count",
    arguments: [
      ["if-none-match": "\"x\""], ["if-none-match": "x"],
      ["if-modified-since": "Sun, 24 Jan 2021 00:00:00 GMT"],
      ["if-none-match": "\"x\"", "if-modified-since": "Sat, 23 Jan 2021 00:00:00 GMT"], ["if-match": "*"],
    ])
  func otherVersions(fields: [String: String]) throws {
    #expect(try site().get("/index.html", fields).status == 200)
  }

  @Test("Another version than the wanted one is told")
  func precondition() throws {
    #expect(try site().get("/index.html", ["if-match": "\"x\""]).status == 412)
    #expect(try site().get("/index.html", ["if-match": "W/\"\(tag)\""]).status == 412)
    #expect(try site().get("/index.html", ["if-match": "\"\(tag)\""]).status == 200)
  }

  @Test(
    "Paths are taken as they stand, then without escapes, then as folders",
    arguments: [
      ("/", "hello\n"), ("/docs/", "docs"), ("/docs", "docs"), ("/docs/index.html?x=1", "docs"),
      ("//docs/", "docs"),
      ("/a%20b.txt", "escape"), ("/a%2520b.txt", "escape"), ("/a%2bb.txt", nil), ("/%61%20b.txt", "space"),
      ("/%C3%BC.txt", "accent"), ("/%zz", nil), ("/Index.html", nil), ("/docs/x", nil), ("/index.html/", nil),
    ])
  func paths(path: String, content: String?) throws {
    let answer = try site().get(path)
    #expect(answer.status == (content == nil ? 404 : 200))
    if let content { #expect(answer.text == content) }
  }

  @Test("What is not found is told as an error, a page, or the single page")
  func notFound() throws {
    let plain = try site().get("/x")
    #expect(plain.text == #"{"error":{"code":"not_found","message":"there is no such file"}}"#)
    #expect((plain.headers["cache-control"], plain.revision) == ("no-store", "1"))
    #expect(try site().ask("HEAD", "/x").body == [])
    let page = try site(["HEADS": "bound", "NOT_FOUND_HANDLING": "404-page"]).get("/x.js")
    #expect((page.status, page.text, page.headers["etag"]) == (404, "gone", nil))
    let single = try site(["HEADS": "bound", "NOT_FOUND_HANDLING": "single-page-application"])
    #expect(single.get("/shop/1").body == hello)
    #expect(single.get("/shop/1.html").body == hello)
    #expect(single.get("/shop/1.js").status == 404)
  }

  @Test("Only reading is allowed", arguments: ["POST", "PUT", "DELETE", "OPTIONS", "get"])
  func methods(method: String) throws {
    let answer = try site().ask(method, "/index.html")
    #expect((answer.status, answer.headers["allow"]) == (405, "GET, HEAD"))
  }

  @Test(
    "Parts of a content",
    arguments: [
      ("bytes=0-0", "h", "bytes 0-0/6"), ("bytes=1-", "ello\n", "bytes 1-5/6"),
      ("bytes=-2", "o\n", "bytes 4-5/6"),
      ("bytes=-99", "hello\n", "bytes 0-5/6"), ("BYTES=2-99", "llo\n", "bytes 2-5/6"),
      ("bytes=1-2,9-9", "el", "bytes 1-2/6"),
    ])
  func ranges(range: String, content: String, field: String) throws {
    let answer = try site().get("/index.html", ["range": range])
    #expect((answer.status, answer.text, answer.headers["content-range"]) == (206, content, field))
    #expect(answer.headers["content-length"] == "\(content.utf8.count)")
    #expect(answer.headers["content-digest"] == nil)
  }

  @Test(
    "What is no range, or too much of them, gives all",
    arguments: [
      "bytes=", "bytes=a-b", "bytes=2-1", "bytes=-", "lines=1-2", "1-2", "bytes=0-5,0-5",
      "bytes=0-0" + String(repeating: ",0-0", count: 16),
    ])
  func noRanges(range: String) throws {
    #expect(try site().get("/index.html", ["range": range]).status == 200)
  }

  @Test(
    "A range that is not there is told", arguments: ["bytes=6-", "bytes=99-100", "bytes=-0", "bytes=9-9,8-8"])
  func unsatisfiable(range: String) throws {
    let site = try site()
    let answer = site.get("/index.html", ["range": range])
    #expect((answer.status, answer.headers["content-range"]) == (416, "bytes */6"))
    #expect(!site.reads.contains { $0.hasPrefix("open") })
  }

  @Test("Several parts of a content")
  func severalParts() throws {
    let answer = try site().get("/index.html", ["range": "bytes=0-1, -1"])
    let boundary = "wasmstore-" + tag.prefix(36)
    let type = "Content-Type: text/html; charset=utf-8"
    #expect(answer.headers["content-type"] == "multipart/byteranges; boundary=\(boundary)")
    #expect(
      answer.text == "\r\n--\(boundary)\r\n\(type)\r\nContent-Range: bytes 0-1/6\r\n\r\nhe"
        + "\r\n--\(boundary)\r\n\(type)\r\nContent-Range: bytes 5-5/6\r\n\r\n\n\r\n--\(boundary)--\r\n")
    #expect(answer.isWhole && answer.headers["content-length"] == "\(answer.body.count)")
  }

  @Test("A range of another version is not answered")
  func ifRange() throws {
    let site = try site()
    for (version, status) in [
      ("\"\(tag)\"", 206), ("\"x\"", 200), ("W/\"\(tag)\"", 200), ("Sat, 23 Jan 2021 00:00:00 GMT", 206),
      ("Sat, 23 Jan 2021 00:00:01 GMT", 200),
    ] {
      #expect(site.get("/index.html", ["range": "bytes=0-0", "if-range": version]).status == status)
    }
    #expect(site.ask("HEAD", "/index.html", ["range": "bytes=0-0"]).status == 200)
  }

  @Test("A content in chunks")
  func chunks() throws {
    let site = Site()
    var content = [UInt8](repeating: 7, count: 40 << 20)
    for place in stride(from: 0, to: content.count, by: 4_099) {
      content[place] = UInt8(truncatingIfNeeded: place >> 8)
    }
    let digest = ModuleDigest(of: content).hex
    site.publish([
      (
        try site.store(["big": .init(content: content, type: "application/wasm")], chunked: 25 << 20), 1,
        false
      )
    ])
    let whole = site.get("/big")
    #expect(whole.isWhole && whole.body == content)
    let edge = 16 << 20
    #expect(
      site.get("/big", ["range": "bytes=\(edge - 3)-\(edge + 2)"]).body == Array(content[edge - 3...edge + 2])
    )
    #expect(site.get("/big", ["range": "bytes=\(2 * edge)-\(2 * edge)"]).body == [content[2 * edge]])
    #expect(site.get("/.wasmstore/v1/by-digest/\(digest)").body == content)
    #expect(site.get("/.wasmstore/v1/by-digest/\(digest)", ["range": "bytes=-5"]).body == content.suffix(5))
    site.values["b/" + digest]?.removeLast()
    #expect(site.get("/big").status == 503)
  }

  @Test("Who knows a digest is served its content, which never changes")
  func byDigest() throws {
    let site = try site()
    let path = "/.wasmstore/v1/by-digest/\(tag)"
    let answer = site.get(path)
    #expect((answer.status, answer.body) == (200, hello))
    #expect(answer.headers["cache-control"] == "public, max-age=31536000, immutable")
    #expect((answer.headers["last-modified"], answer.revision) == (nil, nil))
    #expect(site.reads == ["describe b/\(tag)"])
    site.reads = []
    #expect(site.ask("HEAD", path).headers == answer.headers)
    #expect(site.get(path, ["if-none-match": "\"\(tag)\""]).status == 304)
    #expect(site.reads == ["list b/\(tag)"])
    for wrong in [String(repeating: "0", count: 64), String(repeating: "A", count: 64), "x", ""] {
      #expect(site.get("/.wasmstore/v1/by-digest/\(wrong)").status == 404)
    }
    #expect(site.get("/.wasmstore/v1/else").status == 404)
    #expect(site.ask("POST", path).status == 405)
  }

  @Test("Pages of the origins that are named may read")
  func origins() throws {
    let some = try site(["HEADS": "bound", "CORS_ORIGIN": "https://a.example, https://b.example"])
    let answer = some.get("/index.html", ["origin": "https://b.example"])
    #expect(
      (answer.headers["access-control-allow-origin"], answer.headers["vary"]) == (
        "https://b.example", "Origin"
      ))
    #expect(answer.headers["access-control-expose-headers"] == "*")
    let other = some.get("/index.html", ["origin": "https://c.example"])
    #expect((other.headers["access-control-allow-origin"], other.headers["vary"]) == (nil, "Origin"))
    #expect(some.ask("OPTIONS", "/index.html", ["origin": "https://a.example"]).status == 204)
    #expect(some.ask("OPTIONS", "/index.html", ["origin": "https://c.example"]).status == 405)
    #expect(some.get("/x", ["origin": "https://a.example"]).headers["access-control-allow-origin"] != nil)
    let all = try site(["HEADS": "bound", "CORS_ORIGIN": "*"]).get(
      "/index.html", ["origin": "https://c.example"])
    #expect((all.headers["access-control-allow-origin"], all.headers["vary"]) == ("*", nil))
  }
}
