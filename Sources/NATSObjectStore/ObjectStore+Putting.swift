internal import JSONText
internal import NATSCore
internal import NATSJetStream
public import NIOCore

extension ObjectStore {
  /// The condition under which an object is stored.
  public enum Condition: Hashable, Sendable {
    /// An existing object is replaced.
    case replacing
    /// No object with the name exists.
    case creating
    /// The existing object has this sequence.
    case following(Int64)
  }

  /// The default length of a chunk in bytes.
  public static var chunkSize: Int { 128 << 10 }

  /// Stores an object.
  ///
  /// - Parameters:
  ///   - metadata: Its metadata.
  ///   - bytes: Its bytes.
  ///   - condition: The condition.
  /// - Returns: The description of the stored object.
  /// - Throws: `ObjectStoreError.exists`, `.changed`, and others. Nothing is stored then, unless there was no response
  ///   in time or the connection was lost. In these cases the object may be stored; if it is not, `leftovers` finds its
  ///   chunks.
  @discardableResult
  public func put(
    _ metadata: ObjectMetadata, _ bytes: ByteBuffer, _ condition: Condition = .replacing
  ) async throws(ObjectStoreError) -> ObjectInfo {
    var rest = bytes
    return try await put(metadata, condition) { limit in
      rest.readSlice(length: min(limit, rest.readableBytes))
    }
  }

  /// Stores an object whose bytes are read while they are sent.
  ///
  /// - Parameters:
  ///   - metadata: Its metadata.
  ///   - condition: The condition.
  ///   - read: Reads the next chunk of the given length. It returns fewer bytes at the end, and none after the end.
  /// - Returns: The description of the stored object.
  /// - Throws: The same errors as the other `put`, and those of `read`.
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
      // No description of the chunks exists or will exist.
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

  /// Sends the chunks, and records their number, length and digest.
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

  /// The limit of the bytes that wait for their acknowledgement.
  private static var windowBytes: Int { 8 << 20 }

  /// Stores a description, which replaces the previous one.
  ///
  /// - Parameters:
  ///   - info: The description.
  ///   - subject: Its subject.
  ///   - sequence: The sequence of the previous description, 0 for none; nil for any.
  /// - Returns: The sequence of the new description.
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

  /// Checks if a description was stored although publishing it failed, and deletes the chunks if it is not stored and
  /// cannot be stored later.
  ///
  /// - Parameters:
  ///   - info: The description.
  ///   - sequence: The required sequence of the previous description; nil for any.
  ///   - error: The error of publishing.
  /// - Returns: The sequence of the description; nil if it is not stored, or if this is not known.
  private func settle(_ info: ObjectInfo, after sequence: Int64?, _ error: ObjectStoreError) async -> Int64? {
    guard case .jetStream(let failure) = error, failure.leavesOpen else {
      await forget(info)
      return nil
    }
    // A separate task, because a cancelled task could no longer ask the server.
    let found = await Task { () -> Result<ObjectInfo?, ObjectStoreError> in
      do throws(ObjectStoreError) {
        return .success(try await self.info(info.name, withDeleted: true))
      } catch {
        return .failure(error)
      }
    }.value
    // If the leader cannot be asked, the chunks are kept: they use space, but a description without chunks would be
    // worse.
    guard case .success(let now) = found else { return nil }
    if let now, now.nuid == info.nuid { return now.sequence }
    // The description may still arrive, unless the required previous description is gone.
    if let sequence, now?.sequence ?? 0 != sequence { await forget(info) }
    return nil
  }

  /// Deletes the chunks of an object that has no description any more.
  func forget(_ info: ObjectInfo) async {
    let (jetStream, stream, subject) = (jetStream, stream, chunkSubject(info.nuid))
    // A separate task, because a cancelled task could no longer ask the server. Chunks that cannot be deleted now only
    // use space.
    await Task { _ = try? await jetStream.purgeStream(stream, filter: subject) }.value
  }

  /// Changes the metadata of an object, or stores the same again, which makes the description new.
  ///
  /// - Parameter info: The current description with the new metadata; the name cannot change.
  /// - Returns: The new description.
  /// - Throws: `ObjectStoreError.changed` if the object was changed meanwhile, and others.
  public func update(_ info: ObjectInfo) async throws(ObjectStoreError) -> ObjectInfo {
    var updated = info
    updated.sequence = try await publish(info, try subject(of: info.name), after: info.sequence)
    return updated
  }

  /// Deletes an object.
  ///
  /// - Parameters:
  ///   - name: The object.
  ///   - sequence: The required sequence; nil for any.
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
