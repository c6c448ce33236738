import NIOCore
import Testing

@testable import NATSCore

@Suite struct OutboxTests {
  private func text(_ outbox: inout Outbox) -> String {
    outbox.take().map { String(buffer: $0) }.joined()
  }

  @Test func `what was offered and not taken stays`() {
    var outbox = Outbox()
    outbox.line("SUB a 1")
    outbox.publish("b", reply: nil, headers: [], ByteBuffer(string: "c"))
    var offered: [String] = []
    let isEmpty = outbox.offer(upTo: 100) { bytes in
      offered.append(String(buffer: bytes))
      return 5
    }
    #expect(!isEmpty)
    #expect(offered == ["SUB a 1\r\nPUB b 1\r\nc\r\n"])
    #expect(outbox.count == 16)
    outbox.line("PING")
    #expect(text(&outbox) == " 1\r\nPUB b 1\r\nc\r\nPING\r\n")
    #expect(outbox.count == 0)
  }

  @Test func `what was taken is gone, and the next begins anew`() {
    var outbox = Outbox()
    outbox.line("PING")
    #expect(outbox.offer(upTo: 100) { $0.readableBytes })
    #expect(outbox.count == 0)
    outbox.publish("b", reply: nil, headers: [], ByteBuffer(string: "c"))
    #expect(text(&outbox) == "PUB b 1\r\nc\r\n")
  }

  @Test func `too much, and what lies in several pieces, is not offered`() {
    var outbox = Outbox()
    outbox.line("PING")
    #expect(!outbox.offer(upTo: 5) { $0.readableBytes })
    outbox.publish("b", reply: nil, headers: [], ByteBuffer(repeating: 0x63, count: 20_000))
    #expect(!outbox.offer(upTo: 100_000) { $0.readableBytes })
    let count = outbox.count
    #expect(text(&outbox).utf8.count == count)
  }
}
