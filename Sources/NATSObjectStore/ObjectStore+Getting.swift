internal import NATSCore
public import NATSJetStream
public import NIOCore

extension ObjectStore {
  /// How long the next chunk of an object may take, as a number of heartbeats of one second.
  private static var patience: Int { 10 }

  /// Reads an object.
  ///
  /// - Parameters:
  ///   - name: The object; a link to another object is followed once.
  ///   - source: Where to read the description.
  /// - Returns: The description, and the bytes, which match the digest.
  /// - Throws: `ObjectStoreError.notFound`, `.damaged`, `.isLink`, and others.
  public func get(
    _ name: String, from source: ReadSource = .any
  ) async throws(ObjectStoreError) -> (info: ObjectInfo, bytes: ByteBuffer) {
    var bytes = ByteBuffer()
    let info = try await get(name, from: source) { info, chunk throws(ObjectStoreError) in
      if bytes.capacity == 0 {
        bytes.reserveCapacity(Int(clamping: min(info.size, Int64(ObjectStore.reservedBytes))))
      }
      bytes.writeImmutableBuffer(chunk)
    }
    return (info, bytes)
  }

  /// A limit for the reserved memory, because a description may state a wrong size.
  private static var reservedBytes: Int { 256 << 20 }

  /// Reads an object chunk by chunk.
  ///
  /// - Parameters:
  ///   - name: The object; a link to another object is followed once.
  ///   - source: Where to read the description.
  ///   - take: Receives each chunk. The chunks must be discarded if an error is thrown.
  /// - Returns: The description.
  /// - Throws: The same errors as the other `get`, and those of `take`.
  public func get(
    _ name: String, from source: ReadSource = .any,
    _ take: (ObjectInfo, ByteBuffer) async throws(ObjectStoreError) -> Void
  ) async throws(ObjectStoreError) -> ObjectInfo {
    guard let info = try await info(name, from: source) else { throw .notFound(name) }
    guard let link = info.link else {
      try await read(info, take)
      return info
    }
    guard let target = link.name else { throw .isLink(name) }
    let store = try ObjectStore(jetStream, bucket: link.bucket)
    guard let linked = try await store.info(target, from: source) else { throw .notFound(target) }
    guard linked.link == nil else { throw .isLink(name) }
    try await store.read(linked, take)
    return linked
  }

  private func read(
    _ info: ObjectInfo, _ take: (ObjectInfo, ByteBuffer) async throws(ObjectStoreError) -> Void
  ) async throws(ObjectStoreError) {
    var hash = ContentHash()
    var size: Int64 = 0
    func add(_ chunk: ByteBuffer) async throws(ObjectStoreError) {
      hash.update(chunk)
      size += Int64(chunk.readableBytes)
      guard size <= info.size else { throw .damaged(info.name) }
      try await take(info, chunk)
    }
    if info.chunkCount == 1, let only = try await onlyChunk(info) {
      try await add(only)
    } else if info.chunkCount > 0 {
      try await readChunks(info, add)
    }
    guard size == info.size, info.digest.map({ $0 == hash.digest }) ?? true else {
      throw .damaged(info.name)
    }
  }

  /// Reads the chunk of an object with only one chunk; nil if the server that answers does not have it.
  private func onlyChunk(_ info: ObjectInfo) async throws(ObjectStoreError) -> ByteBuffer? {
    do throws(JetStreamError) {
      return try await jetStream.directMessage(.last(of: chunkSubject(info.nuid)), in: stream)?.payload
    } catch {
      // If only the leader of the stream answers reads, a consumer reads the chunk.
      if error == .unavailable { return nil }
      throw translated(error)
    }
  }

  private func readChunks(
    _ info: ObjectInfo, _ add: (ByteBuffer) async throws(ObjectStoreError) -> Void
  ) async throws(ObjectStoreError) {
    var configuration = OrderedConsumer.Configuration(filters: [chunkSubject(info.nuid)])
    configuration.heartbeat = .seconds(1)
    let wanted = configuration
    let consumer = try await asking { () async throws(JetStreamError) in
      try await jetStream.orderedConsumer(of: stream, wanted)
    }
    defer { consumer.stop() }
    var (count, idle) = (Int64(0), 0)
    while count < info.chunkCount {
      let event = try await asking { () async throws(JetStreamError) in try await consumer.nextEvent() }
      switch event {
      case .message(let delivery)?:
        (count, idle) = (count + 1, 0)
        try await add(delivery.message.payload)
      case .idle?:
        idle += 1
        // The object may have been deleted or replaced during the read.
        guard let now = try await self.info(info.name) else { throw .notFound(info.name) }
        guard now.nuid == info.nuid else { throw .changed(info.name) }
        guard idle < ObjectStore.patience else { throw .damaged(info.name) }
      case nil: throw .damaged(info.name)
      }
    }
  }
}
