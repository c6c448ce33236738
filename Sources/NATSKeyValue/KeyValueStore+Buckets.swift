public import NATSJetStream

extension JetStream {
  /// Creates a bucket; one that is there with the same configuration is answered.
  ///
  /// - Throws: `KeyValueError.invalidBucket`, `.historyTooLong`, `.limitMarkersNotSupported`, `.bucketExists`, and
  ///   `.jetStream`: with `.ignored` where the server left out a part of the configuration, and the bucket is there then.
  public func createKeyValueStore(
    _ configuration: KeyValueConfiguration
  ) async throws(KeyValueError) -> KeyValueStore {
    try await keyValueStore(configuration) { stream throws(JetStreamError) in try await createStream(stream) }
  }

  /// Gives a bucket another configuration.
  ///
  /// - Throws: `KeyValueError.bucketNotFound`, and as `createKeyValueStore`.
  public func updateKeyValueStore(
    _ configuration: KeyValueConfiguration
  ) async throws(KeyValueError) -> KeyValueStore {
    try await keyValueStore(configuration) { stream throws(JetStreamError) in try await updateStream(stream) }
  }

  /// Gives a bucket another configuration, and creates it where it is missing.
  ///
  /// - Throws: As `createKeyValueStore`.
  public func createOrUpdateKeyValueStore(
    _ configuration: KeyValueConfiguration
  ) async throws(KeyValueError) -> KeyValueStore {
    do throws(KeyValueError) {
      return try await updateKeyValueStore(configuration)
    } catch {
      guard case .bucketNotFound = error else { throw error }
      return try await createKeyValueStore(configuration)
    }
  }

  private func keyValueStore(
    _ configuration: KeyValueConfiguration,
    _ change: (StreamConfiguration) async throws(JetStreamError) -> StreamInfo
  ) async throws(KeyValueError) -> KeyValueStore {
    let stream = try configuration.streamConfiguration
    let info: StreamInfo?
    do throws(JetStreamError) {
      // A strict server refuses what it does not know in words that do not say so, and an old one leaves it out.
      let level = configuration.limitMarkers == nil ? nil : try await apiLevel()
      info = level == 0 ? nil : try await change(stream)
    } catch {
      throw KeyValueError(error, configuration.bucket)
    }
    guard let info else { throw .limitMarkersNotSupported }
    guard let status = KeyValueStatus(info) else { throw .notABucket(stream.name) }
    return KeyValueStore(self, status)
  }

  /// Opens a bucket that is there.
  ///
  /// - Throws: `KeyValueError.invalidBucket`, `.bucketNotFound`, `.notABucket`, and `.jetStream`.
  public func keyValueStore(_ bucket: String) async throws(KeyValueError) -> KeyValueStore {
    KeyValueStore(self, try await keyValueStatus(bucket))
  }

  /// How a bucket is set up, and what it holds.
  ///
  /// - Throws: As `keyValueStore`.
  public func keyValueStatus(_ bucket: String) async throws(KeyValueError) -> KeyValueStatus {
    try KeySyntax.check(bucket: bucket)
    let name = KeyValueConfiguration.streamPrefix + bucket
    let info: StreamInfo
    do throws(JetStreamError) { info = try await stream(name) } catch { throw KeyValueError(error, bucket) }
    guard let status = KeyValueStatus(info) else { throw .notABucket(name) }
    return status
  }

  /// Deletes a bucket with all that it holds.
  ///
  /// - Throws: `KeyValueError.invalidBucket`, `.bucketNotFound`, and `.jetStream`.
  public func deleteKeyValueStore(_ bucket: String) async throws(KeyValueError) {
    try KeySyntax.check(bucket: bucket)
    do throws(JetStreamError) {
      try await deleteStream(KeyValueConfiguration.streamPrefix + bucket)
    } catch {
      throw KeyValueError(error, bucket)
    }
  }

  /// All buckets, copies of others too.
  ///
  /// - Throws: `KeyValueError.jetStream`.
  public func keyValueStatuses() async throws(KeyValueError) -> [KeyValueStatus] {
    do throws(JetStreamError) {
      return try await streams().compactMap { KeyValueStatus($0) }
    } catch {
      throw .jetStream(error)
    }
  }

  /// The names of all buckets, copies of others too.
  ///
  /// - Throws: `KeyValueError.jetStream`.
  public func keyValueBuckets() async throws(KeyValueError) -> [String] {
    do throws(JetStreamError) {
      return try await streamNames().filter { $0.hasPrefix(KeyValueConfiguration.streamPrefix) }
        .map { KeyValueConfiguration.bucket(of: $0) }
    } catch {
      throw .jetStream(error)
    }
  }
}

extension KeyValueStore {
  /// How the bucket is set up and what it holds, asked for anew.
  ///
  /// - Throws: `KeyValueError.bucketNotFound`, and `.jetStream`.
  public func status() async throws(KeyValueError) -> KeyValueStatus {
    try await jetStream.keyValueStatus(bucket)
  }
}
