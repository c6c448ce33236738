import Testing

@testable import NATSCore

@Suite struct NATSHeadersTests {
  private func value(_ name: StaticString, _ block: String) -> String? {
    NATSHeaders.value(name, in: Array(block.utf8).span)
  }

  @Test func `one header is found without the others`() {
    let block =
      "NATS/1.0\r\nKV: no\r\nKV-Operation:  DEL \r\nkv-operation: x\r\nKV-Operation: PUT\r\nEmpty:\r\n\r\n"
    #expect(value("KV-Operation", block) == "DEL")
    #expect(value("Empty", block) == "")
    #expect(value("KV", block) == "no")
    #expect(value("Operation", block) == nil)
    #expect(value("KV-Operation-Long", block) == nil)
    #expect(value("NATS/1.0", block) == nil)
  }

  @Test(arguments: [
    "", "NATS/1.0", "NATS/1.0\r\n", "NATS/1.0\r\nA: b", "NATS/1.0\r\n\r\nA: b\r\n", "\r\nA: b\r\n",
  ])
  func `a block that ends too early has none`(block: String) {
    #expect(value("A", block) == nil)
  }

  @Test(arguments: ["NATS/1.0\r\n A: b\r\n\r\n", "NATS/1.0\r\nA : b\r\n\r\n"])
  func `a name with spaces around it is another, whichever way it is read`(block: String) throws {
    let headers = try #require(NATSHeaders(block: Array(block.utf8)))
    #expect(headers["A"] == nil)
    #expect(value("A", block) == nil)
    #expect(headers.fields.map(\.value) == ["b"])
  }
}
