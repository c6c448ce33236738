import NATSCore
import NATSJetStream
import NATSTesting
import NIOCore
import Testing

@testable import NATSKeyValue

/// Functions that a server of version 2.9 lacks give an error, and the others work.
@Suite(.enabled(if: NATSServer.old != nil, "Debian's nats-server is not unpacked")) struct OldServerTests {
  private func ignored(_ error: KeyValueError?) -> [String] {
    if case .jetStream(.ignored(let fields))? = error { fields } else { [] }
  }

  @Test func `what it leaves out of a configuration is an error`() async throws {
    let server = try NATSServer(program: NATSServer.old ?? "")
    let client = try await NATSClient.connect(server.options)
    let jetStream = JetStream(client)
    #expect(try await jetStream.apiLevel() == 0)
    func create(_ change: (inout KeyValueConfiguration) -> Void) async -> KeyValueError? {
      var configuration = KeyValueConfiguration(bucket: bucketName())
      change(&configuration)
      return await failure { _ = try await jetStream.createKeyValueStore(configuration) }
    }
    #expect(ignored(await create { $0.isCompressed = true }) == ["compression"])
    #expect(ignored(await create { $0.metadata = ["a": "b"] }) == ["metadata"])
    #expect(ignored(await create { $0.allowsAtomicPublish = true }) == ["allow_atomic"])
    // It stores each message of a batch separately, which the client does not treat as a batch.
    let stream = StreamConfiguration(name: "S", subjects: ["s.>"])
    _ = try await jetStream.createStream(stream)
    var batch = AtomicBatch()
    for number in 0..<3 { batch.append("s.\(number)", ByteBuffer(string: "x")) }
    let alone = batch
    await #expect(throws: JetStreamError.ignored(["Nats-Batch-Id"])) { try await jetStream.publish(alone) }
    #expect(await create { $0.limitMarkers = .seconds(1) } == .limitMarkersNotSupported)
    #expect(ignored(await create { $0.sources = [StreamSource(name: "absent")] }) == ["sources"])
    var plain = KeyValueConfiguration(bucket: "B")
    plain.description = "a bucket"
    plain.history = 3
    plain.age = .seconds(60)
    plain.republish = .init(source: ">", destination: "copy.>")
    let store = try await jetStream.createKeyValueStore(plain)
    try await store.put("a", "1")
    try await store.delete("a")
    try await store.create("a", "2")
    try await store.put("b.c", "3")
    #expect(try await store.text("a", from: .any) == "2")
    #expect(try await store.keys() == ["a", "b.c"])
    #expect(try await store.lines(try await store.history("a")) == ["a 1 = 1", "a 2 deleted", "a 3 = 2"])
    #expect(
      await failure { try await store.create("c", "1", timeToLive: .after(.seconds(1))) }
        == .timeToLiveNotAllowed)
    // It accepts only one filter, and would ignore several.
    let error = await failure { _ = try await store.watch("a", "b.*") }
    #expect(error == .jetStream(.ignored(["filter_subjects"])))
    var events = try await store.watch("b.*", from: .last).makeAsyncIterator()
    #expect(try await store.lines(&events, 2) == ["b.c 4 = 3", "current"])
    await client.close()
  }
}
