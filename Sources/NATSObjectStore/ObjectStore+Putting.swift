internal import JSONText
internal import NATSCore
internal import NATSJetStream
public import NIOCore

extension ObjectStore {
  /// Under which condition an object is stored.
  public enum Condition: Hashable, Sendable {
    /// Whatever is there is replaced.
    case replacing
    /// Nothing of that name is there.
    case creating
    /// What is there has this sequence.
    case following(Int64)
  }

  /// The customary length of a part in bytes.
  public static var chunkSize: Int { 128 << 10 }

  /// Stores an object.
  ///
  /// - Parameters:
  ///   - metadata: What is said of it.
  ///   - bytes: Its bytes.
  ///   - condition: Under which condition.
  /// - Returns: The description of what was stored.
  /// - Throws: `ObjectStoreError.exists`, `.changed`, and others. Nothing of it is left then, unless there was no answer
  ///   in time or the connection was lost: it may be stored then, and `leftovers` finds its parts if it is not.
  @discardableResult
  public func put(
    _ metadata: ObjectMetadata, _ bytes: ByteBuffer, _ condition: Condition = .replacing
  ) async throws(ObjectStoreError) -> ObjectInfo {
    var rest = bytes
    return try await put(metadata, condition) { limit in
      rest.readSlice(length: min(limit, rest.readableBytes))
    }
  }

  /// Stores an object whose bytes are read as they are sent.
  ///
  /// - Parameters:
  ///   - metadata: What is said of it.
  ///   - condition: Under which condition.
  ///   - read: Reads the next part, of the length that it is told or, at the end, less; none where it is over.
  /// - Returns: The description of what was stored.
  /// - Throws: As the other `put`, and what `read` throws.
  @discardableResult
  public func put(
    _ metadata: ObjectMetadata, _ condition: Condition,
    reading read: (Int) async throws(ObjectStoreError) -> ByteBuffer?
  ) async throws(ObjectStoreError) -> ObjectInfo {
    let subject = try subject(of: metadata.name)
    let before = try await info(metadata.name, withDeleted: true)
    try check(condition, against: before, metadata.name)
    var metadata = metadata
    let chunkSize = min(
      metadata.chunkSize ?? ObjectStore.chunkSize, jetStream.client.serverInfo.maximumPayload)
    metadata.chunkSize = chunkSize
    var info = ObjectInfo(metadata: metadata, bucket: bucket, nuid: NUID.next(), size: 0, chunkCount: 0)
    do throws(ObjectStoreError) { try await send(&info, chunkSize, read) } catch {
      // Nothing describes the parts, nor will.
      await forget(info)
      throw error
    }
    let expected = condition == .replacing ? nil : before?.sequence ?? 0
    do throws(ObjectStoreError) {
      info.sequence = try await publish(info, subject, after: expected)
    } catch {
      guard let sequence = await settle(info, after: expected, error) else { throw error }
      info.sequence = sequence
    }
    if let before, !before.isDeleted, !before.nuid.isEmpty, before.link == nil { await forget(before) }
    return info
  }

  private func check(
    _ condition: Condition, against before: ObjectInfo?, _ name: String
  ) throws(ObjectStoreError) {
    switch condition {
    case .replacing: break
    case .creating: guard before?.isDeleted ?? true else { throw .exists(name) }
    case .following(let sequence): guard before?.sequence ?? 0 == sequence else { throw .changed(name) }
    }
  }

  /// Sends the parts, and notes their number, length and digest.
  private func send(
    _ info: inout ObjectInfo, _ chunkSize: Int, _ read: (Int) async throws(ObjectStoreError) -> ByteBuffer?
  ) async throws(ObjectStoreError) {
    let window = PublishWindow(jetStream, byteLimit: ObjectStore.windowBytes)
    let subject = chunkSubject(info.nuid)
    var hash = ContentHash()
    while let chunk = try await read(chunkSize), chunk.readableBytes > 0 {
      hash.update(chunk)
      info.size += Int64(chunk.readableBytes)
      info.chunkCount += 1
      try await asking { () async throws(JetStreamError) in
        _ = try await window.publish(subject, chunk)
      }
    }
    _ = try await asking { () async throws(JetStreamError) in try await window.finish() }
    info.digest = hash.digest
  }

  /// The bytes that may wait for their acknowledgement.
  private static var windowBytes: Int { 8 << 20 }

  /// Stores a description in place of the one before.
  ///
  /// - Parameters:
  ///   - info: The description.
  ///   - subject: Its subject.
  ///   - sequence: The sequence of the one before, 0 for none; nil for whichever it is.
  /// - Returns: Its sequence.
  /// - Throws: `ObjectStoreError.exists`, `.changed`, and others.
  func publish(
    _ info: ObjectInfo, _ subject: String, after sequence: Int64?
  ) async throws(ObjectStoreError) -> Int64 {
    var headers: NATSHeaders = [JetStreamHeader.rollup: "sub"]
    if let sequence { headers.append(JetStreamHeader.expectedLastSubjectSequence, "\(sequence)") }
    do throws(JetStreamError) {
      return try await jetStream.publish(subject, ByteBuffer(string: info.json.serialized), headers: headers)
        .sequence
    } catch {
      if case .wrongLastSequence = error { throw sequence == 0 ? .exists(info.name) : .changed(info.name) }
      throw translated(error)
    }
  }

  /// Finds out what came of a description that was published without a good answer, and deletes the parts where it
  /// surely is not stored and never will be.
  ///
  /// - Parameters:
  ///   - info: The description.
  ///   - sequence: The sequence that the one before had to have; nil for any.
  ///   - error: Why there was no good answer.
  /// - Returns: Its sequence; nil where it is not stored, or that is not known.
  private func settle(_ info: ObjectInfo, after sequence: Int64?, _ error: ObjectStoreError) async -> Int64? {
    guard case .jetStream(let failure) = error, failure.leavesOpen else {
      await forget(info)
      return nil
    }
    // A task of its own, for one that is cancelled could not ask the server any more.
    let found = await Task { () -> Result<ObjectInfo?, ObjectStoreError> in
      do throws(ObjectStoreError) {
        return .success(try await self.info(info.name, withDeleted: true))
      } catch {
        return .failure(error)
      }
    }.value
    // Where the leader cannot be asked the parts stay: they take room, and a description without them would be worse.
    guard case .success(let now) = found else { return nil }
    if let now, now.nuid == info.nuid { return now.sequence }
    // It may be on its way still, unless what it had to follow is gone.
    if let sequence, now?.sequence ?? 0 != sequence { await forget(info) }
    return nil
  }

  /// Deletes the parts of an object that nothing describes any more.
  func forget(_ info: ObjectInfo) async {
    let (jetStream, stream, subject) = (jetStream, stream, chunkSubject(info.nuid))
    // A task of its own, for one that is cancelled could not ask the server any more. What cannot be deleted now takes
    // room, and nothing else.
    await Task { _ = try? await jetStream.purgeStream(stream, filter: subject) }.value
  }

  /// Says something else of an object, or the same again, which makes it young.
  ///
  /// - Parameter info: The object as it is, with what is to be said of it; its name cannot change.
  /// - Returns: The description as it is now.
  /// - Throws: `ObjectStoreError.changed` where it is another by now, and others.
  public func update(_ info: ObjectInfo) async throws(ObjectStoreError) -> ObjectInfo {
    var updated = info
    updated.sequence = try await publish(info, try subject(of: info.name), after: info.sequence)
    return updated
  }

  /// Deletes an object.
  ///
  /// - Parameters:
  ///   - name: The object.
  ///   - sequence: The sequence that it must have; nil for any.
  /// - Throws: `ObjectStoreError.notFound`, `.changed`, and others.
  public func delete(_ name: String, at sequence: Int64? = nil) async throws(ObjectStoreError) {
    let subject = try subject(of: name)
    guard let info = try await info(name, withDeleted: true) else { throw .notFound(name) }
    if let sequence, sequence != info.sequence { throw .changed(name) }
    if !info.isDeleted {
      var marker = info
      (marker.isDeleted, marker.size, marker.chunkCount, marker.digest) = (true, 0, 0, nil)
      _ = try await publish(marker, subject, after: info.sequence)
    }
    if !info.nuid.isEmpty { await forget(info) }
  }
}
