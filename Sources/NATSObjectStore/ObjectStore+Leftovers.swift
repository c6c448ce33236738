internal import NATSCore
internal import NATSJetStream

extension ObjectStore {
  /// Finds chunks that belong to no object because their writer ended before it described the object.
  ///
  /// - Parameter time: Only chunks that were all stored before this time are found, in nanoseconds since 1970.
  /// - Returns: The names of the chunks; all chunks of an object have the same name.
  /// - Throws: `ObjectStoreError`.
  public func leftovers(before time: Int64) async throws(ObjectStoreError) -> [Leftover] {
    var configuration = OrderedConsumer.Configuration(filters: [chunkSubject(">")], start: .lastPerSubject)
    configuration.onlyHeaders = true
    let wanted = configuration
    var scan = try await asking { () async throws(JetStreamError) in
      try await jetStream.scan(stream, wanted)
    }
    let prefix = chunkSubject("")
    var newest: [String: Delivery] = [:]
    while let delivery = try await next(of: &scan) {
      newest[String(delivery.message.subject.dropFirst(prefix.count))] = delivery
    }
    var old = newest.filter { $0.value.time < time }
    // Chunks that have a description by now are not leftovers, so descriptions are read last.
    if !old.isEmpty { try await forEach { old[$0.nuid] = nil } }
    return old.map { Leftover(nuid: $0.key, sequence: $0.value.streamSequence) }
      .sorted { $0.sequence < $1.sequence }
  }

  private func next(of scan: inout StreamScan) async throws(ObjectStoreError) -> Delivery? {
    do throws(JetStreamError) { return try await scan.next() } catch { throw translated(error) }
  }

  /// Deletes chunks that belong to no object.
  ///
  /// - Parameter leftovers: The chunks.
  /// - Throws: `ObjectStoreError`.
  public func delete(_ leftovers: [Leftover]) async throws(ObjectStoreError) {
    for leftover in leftovers {
      let subject = chunkSubject(leftover.nuid)
      _ = try await asking { () async throws(JetStreamError) in
        try await jetStream.purgeStream(stream, filter: subject, before: leftover.sequence + 1)
      }
    }
  }

  /// The chunks of one name that belong to no object.
  public struct Leftover: Hashable, Sendable {
    /// The name.
    public let nuid: String
    /// The sequence of the last chunk.
    public let sequence: Int64
  }
}
