import NIOCore
import Testing

@testable import WorkersKV

@Suite("Requests to Workers KV")
struct RetryTests {
  @Test("waits are random up to a limit that doubles; what the service asks for goes before")
  func waits() {
    let policy = RetryPolicy()
    for (attempt, limit) in [(1, 1), (2, 2), (3, 4), (5, 16), (7, 60), (40, 60)] {
      let waits = (0..<200).map { _ in policy.wait(after: attempt, nil) }
      #expect(waits.allSatisfy { $0 >= .zero && $0 <= .seconds(limit) })
      // Full jitter: all of the range, not only its upper half.
      #expect(waits.contains { $0 < .seconds(limit) / 2 } && waits.contains { $0 > .seconds(limit) / 2 })
    }
    #expect(policy.wait(after: 1, 30) == .seconds(30))
    #expect(policy.wait(after: 1, -1) == .zero)
    #expect(policy.wait(after: 1, .max) == .seconds(600))
  }

  @Test("no more requests than the budget has go in any time of its length")
  func budget() {
    let budget = RequestBudget(of: 3, each: .seconds(10))
    let start = ContinuousClock.now
    #expect(budget.take(at: start) == nil)
    #expect(budget.take(at: start + .seconds(4)) == nil)
    #expect(budget.take(at: start + .seconds(5)) == nil)
    #expect(budget.take(at: start + .seconds(6)) == .seconds(4))
    #expect(budget.take(at: start + .seconds(10)) == nil)
    #expect(budget.take(at: start + .seconds(10)) == .seconds(4))
    #expect(budget.take(at: start + .seconds(15)) == nil)
    #expect(budget.take(at: start + .seconds(15)) == nil)
    #expect(budget.take(at: start + .seconds(16)) == .seconds(4))
    budget.pause(until: start + .seconds(60))
    #expect(budget.take(at: start + .seconds(50)) == .seconds(10))
    #expect(budget.take(at: start + .seconds(60)) == nil)
  }

  @Test("a bulk write has the length that it says, and the values in base64")
  func bulkBody() async throws {
    let values: [[UInt8]] = [[], [0xff], Array(repeating: 7, count: 400_000), Array("hello".utf8)]
    let items = values.enumerated().map { index, value in
      KVItem(key: "k\"\(index)", size: value.count, metadata: index == 3 ? "{\"t\":1}" : nil)
    }
    let body = BulkBody(items, [1, 0, 2, 3]) { index in
      KVItem.pair(
        key: items[index].key, value: values[index], metadata: index == 3 ? "{\"t\":1}" : nil)
    }
    var bytes: [UInt8] = []
    for try await piece in body { bytes += Array(piece.readableBytesView) }
    #expect(bytes.count == body.length)
    let text = String(decoding: bytes, as: UTF8.self)
    #expect(
      text.hasPrefix(
        #"[{"key":"k\"1","base64":true,"value":"/w=="},{"key":"k\"0","base64":true,"value":""},{"key":"k\"2""#
      ))
    #expect(text.hasSuffix(#","value":"aGVsbG8=","metadata":{"t":1}}]"#))
  }

  @Test("a value that has another length than was said ends the write")
  func changed() async {
    let body = BulkBody([KVItem(key: "a", size: 2, metadata: nil)], [0]) { _ in
      KVItem.pair(key: "a", value: [1, 2, 3, 4], metadata: nil)
    }
    await #expect(throws: BulkBody.ReadFailure.self) { for try await _ in body {} }
  }

  @Test(
    "targets",
    arguments: [
      ("http://localhost:6385/site", "http://localhost:6385/client/v4/accounts/local/storage/kv/namespaces"),
      (
        "https://kv.example.com/site", "https://kv.example.com/client/v4/accounts/local/storage/kv/namespaces"
      ),
    ])
  func targets(text: String, namespaces: String) throws {
    let target = try KVTarget(text)
    #expect(target.namespaces == namespaces)
    #expect(target.namespace == "site" && target.heads == text && !target.isCloudflare)
  }

  @Test("the service's clock is read")
  func dates() {
    #expect(HTTPDate.seconds("Sun, 06 Nov 1994 08:49:37 GMT") == 784_111_777)
    #expect(HTTPDate.seconds("Thu, 01 Jan 1970 00:00:00 GMT") == 0)
    #expect(HTTPDate.seconds("Thu, 29 Feb 2024 23:59:59 GMT") == 1_709_251_199)
    #expect(HTTPDate.seconds("Mon, 30 Nov 2026 13:05:19 GMT") == 1_796_043_919)
    for text in [
      "", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Foo 1994 08:49:37 GMT", "Sun, 06 Nov 1994 25:49:37 GMT",
    ] {
      #expect(HTTPDate.seconds(text) == nil)
    }
  }

  @Test("a token is sent to another machine only over https")
  func exposure() throws {
    for text in ["http://localhost:1/a", "http://127.0.0.1:1/a", "http://[::1]:1/a", "https://example.com/a"]
    {
      try KVTarget(text).refuseExposure(ofToken: true, ofHeadToken: true)
    }
    let open = try KVTarget("http://example.com/a")
    try open.refuseExposure(ofToken: false, ofHeadToken: false)
    #expect(throws: KVError.self) { try open.refuseExposure(ofToken: true, ofHeadToken: false) }
    #expect(throws: KVError.self) {
      try KVTarget("workers://a/b", head: "http://example.com")
        .refuseExposure(ofToken: false, ofHeadToken: true)
    }
    #expect(try KVTarget("workers://a/b", head: "kv").heads == nil)
    #expect(throws: KVError.self) { try KVTarget("workers://a/b") }
    #expect(throws: KVError.self) { try KVTarget("workers://a/b", head: "site.example.com") }
    #expect(throws: KVError.self) { try KVTarget("http://localhost@kv/a") }
  }
}
