import Testing

@Suite("Versions at the edge")
struct VersionTests {
  private func file(_ text: String) -> Site.File { Site.File(content: Array(text.utf8)) }

  /// A site with four revisions, a file of each in turn, and one that all have.
  private func site(_ barriers: Set<Int> = [], ages: [Int64] = [40, 30, 20, 10]) throws -> Site {
    let site = Site()
    site.publish(
      try (1...4).map { number in
        (
          try site.store(["always": file("\(number)"), "only\(number)": file("only \(number)")]),
          ages[number - 1],
          barriers.contains(number)
        )
      })
    return site
  }

  /// The digest of the manifest of a revision.
  private func manifest(_ site: Site, _ revision: Int) -> String {
    let parts = (site.head ?? "").split(separator: #""manifest":""#)
    return String(parts[5 - revision].prefix(64))
  }

  @Test("Old paths go on for a day, as long as nothing was rolled back")
  func oldPaths() throws {
    var site = try site()
    for number in 1...4 {
      let answer = site.get("/only\(number)")
      #expect((answer.text, answer.revision) == ("only \(number)", "\(number)"))
    }
    #expect(site.get("/always").text == "4")
    site = try self.site(ages: [90_000, 90_000, 86_400, 86_399])
    #expect([1, 2, 3].map { site.get("/only\($0)").status } == [404, 404, 200])
    site = try self.site([3])
    #expect([1, 2, 3].map { site.get("/only\($0)").status } == [404, 404, 200])
    site = try self.site([4])
    #expect([1, 2, 3].map { site.get("/only\($0)").status } == [404, 404, 404])
  }

  @Test("Where a root, a shard or a content is missing, the version before is served as a whole")
  func fallback() throws {
    for kind in ["m", "s", "b"] {
      let site = try site()
      let newest = manifest(site, 4)
      _ = site.get("/always")
      let reads = site.reads.compactMap { $0.split(separator: " ").last.map(String.init) }
      let other = try self.site()
      other.values[try #require(reads.first { $0.hasPrefix(kind) })] = nil
      let answer = other.get("/always")
      #expect((answer.status, answer.text, answer.revision) == (200, "3", "3"), "\(kind) of \(newest)")
      // The version before does not have it. A content is missing of one file only.
      #expect(other.get("/only4").status == (kind == "b" ? 200 : 404))
    }
  }

  @Test("Nothing falls back past a barrier")
  func barrier() throws {
    let site = try site([4])
    site.values["m/" + manifest(site, 4)] = nil
    let answer = site.get("/always")
    #expect((answer.status, answer.headers["retry-after"]) == (503, "5"))
  }

  @Test("Bytes that break the format count as missing", arguments: [0, 4, 6, 7, 10, 12, 20, 31])
  func refused(place: Int) throws {
    let site = try site()
    site.values["m/" + manifest(site, 4)]?[place] ^= 0x81
    #expect(site.get("/always").revision == "3")
    let other = try self.site()
    _ = other.get("/always")
    let shard = try #require(other.reads.first { $0.hasPrefix("get s/") }).dropFirst(4)
    let again = try self.site()
    again.values[String(shard)]?[place] ^= 0x81
    #expect(again.get("/always").revision == "3")
  }

  @Test("Any change of a byte of a shard is a refusal, another answer, or nothing; never a trap")
  func anyByte() throws {
    let site = try site()
    _ = site.get("/always")
    let shard = try String(#require(site.reads.first { $0.hasPrefix("get s/") }).dropFirst(4))
    let bytes = try #require(site.values[shard])
    for place in bytes.indices {
      for value in [0x00, 0x7f, 0xff] as [UInt8] {
        let other = try self.site()
        other.values[shard]?[place] = value
        #expect([200, 404, 503].contains(other.get("/always").status))
      }
    }
    for length in bytes.indices {
      let other = try self.site()
      other.values[shard]?.removeLast(bytes.count - length)
      #expect(other.get("/always").revision == "3")
    }
  }

  @Test("The head is asked for once in two seconds, roots and shards once")
  func headAge() throws {
    let site = Site(["HEADS": "bound"])
    site.publish([(try site.store(["a": file("1")]), 10, false)])
    _ = site.get("/a")
    #expect(site.reads.map { $0.prefix(5) } == ["head", "get m", "get s", "open "])
    site.reads = []
    site.now += 1_999
    _ = site.get("/a")
    #expect(site.reads.map { $0.prefix(5) } == ["open "])
    site.publish([
      (try site.store(["a": file("1")]), 10, false), (try site.store(["a": file("2")]), 1, false),
    ])
    #expect(site.get("/a").text == "1")
    site.now += 1
    #expect(site.get("/a").text == "2")
  }

  @Test("Where the object is out of reach, the last head is served, marked, for a day")
  func lastHead() throws {
    let site = Site(["HEADS": "bound"])
    site.publish([(try site.store(["a": file("1")]), 10, false)])
    #expect(site.get("/a").headers["x-wasmstore-head"] == nil)
    site.head = nil
    site.now += 5_000
    let answer = site.get("/a")
    #expect((answer.text, answer.headers["x-wasmstore-head"]) == ("1", "last-known"))
    site.reads = []
    _ = site.get("/a")
    #expect(!site.reads.contains("head"), "the object is not asked again at once")
    // Another instance at the location knows it from the cache.
    let other = Site(["HEADS": "bound"])
    (other.values, other.cache, other.now) = (site.values, site.cache, site.now)
    #expect(other.get("/a").headers["x-wasmstore-head"] == "last-known")
    let empty = Site(["HEADS": "bound"])
    #expect((empty.get("/a").status, empty.reads) == (503, ["head", "match"]))
    site.now += 86_400_000
    #expect(site.get("/a").status == 503)
  }

  @Test("Without an object the namespace has the head")
  func headInNamespace() throws {
    let site = Site(["STORE": "s", "BRANCH": "x/y"])
    #expect(site.get("/a").status == 404)
    site.publish([(try site.store(["a": file("1")]), 10, false)])
    site.values["h/s/x/y"] = Array((site.head ?? "").utf8)
    site.now += 10_000
    #expect(site.get("/a").text == "1")
    #expect(site.get("/.wasmstore/v1/heads").status == 404)
  }

  @Test("Heads are for who shows a token")
  func tokens() throws {
    let site = Site(["HEADS": "bound", "WASMSTORE_HEAD_TOKEN": "first\nsecond"])
    for path in ["heads", "head/default/main", "log/default/main?limit=1", "prune"] {
      #expect(site.ask("POST", "/.wasmstore/v1/\(path)").status == 401)
      #expect(site.ask("POST", "/.wasmstore/v1/\(path)", ["authorization": "Bearer third"]).status == 401)
      site.reads = []
      // The object does not answer here.
      #expect(site.ask("POST", "/.wasmstore/v1/\(path)", ["authorization": "Bearer second"]).status == 503)
      #expect(site.reads == ["forward"])
    }
    #expect(Site(["HEADS": "bound"]).get("/.wasmstore/v1/heads", ["authorization": "Bearer "]).status == 401)
  }

  @Test("Many shards are found by the first bits of the path's digest")
  func manyShards() throws {
    let site = Site()
    var files: [String: Site.File] = [:]
    for number in 0..<3_000 { files["d\(number % 10)/\(number).txt"] = file("\(number)") }
    site.publish([(try site.store(files), 1, false)])
    for number in stride(from: 0, to: 3_000, by: 7) {
      #expect(site.get("/d\(number % 10)/\(number).txt").text == "\(number)")
    }
    #expect(site.get("/d1/0.txt").status == 404)
    #expect(site.reads.filter { $0.hasPrefix("get s") }.count <= 16)
  }
}
