public import NATSJetStream

extension JetStream {
  /// Creates a bucket. If it exists with the same configuration, it is returned.
  ///
  /// - Throws: `KeyValueError.invalidBucket`, `.historyTooLong`, `.limitMarkersNotSupported`, `.bucketExists`, and
  ///   `.jetStream`: with `.ignored` if the server ignored a part of the configuration; the bucket exists then.
  public func createKeyValueStore(
    _ configuration: KeyValueConfiguration
  ) async throws(KeyValueError) -> KeyValueStore {
    try await keyValueStore(configuration) { stream throws(JetStreamError) in try await createStream(stream) }
  }

  /// Changes the configuration of a bucket.
  ///
  /// - Throws: `KeyValueError.bucketNotFound`, and the same errors as `createKeyValueStore`.
  public func updateKeyValueStore(
    _ configuration: KeyValueConfiguration
  ) async throws(KeyValueError) -> KeyValueStore {
    try await keyValueStore(configuration) { stream throws(JetStreamError) in try await updateStream(stream) }
  }

  /// Changes the configuration of a bucket, or creates the bucket if it is missing.
  ///
  /// - Throws: The same errors as `createKeyValueStore`.
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
      // A strict server refuses unknown fields with another error, and an old one ignores them.
      let level = configuration.limitMarkers == nil ? nil : try await apiLevel()
      info = level == 0 ? nil : try await change(stream)
    } catch {
      throw KeyValueError(error, configuration.bucket)
    }
    guard let info else { throw .limitMarkersNotSupported }
    guard let status = KeyValueStatus(info) else { throw .notABucket(stream.name) }
    return KeyValueStore(self, status)
  }

  /// Opens an existing bucket.
  ///
  /// - Throws: `KeyValueError.invalidBucket`, `.bucketNotFound`, `.notABucket`, and `.jetStream`.
  public func keyValueStore(_ bucket: String) async throws(KeyValueError) -> KeyValueStore {
    KeyValueStore(self, try await keyValueStatus(bucket))
  }

  /// Reads the configuration and state of a bucket.
  ///
  /// - Throws: The same errors as `keyValueStore`.
  public func keyValueStatus(_ bucket: String) async throws(KeyValueError) -> KeyValueStatus {
    try KeySyntax.check(bucket: bucket)
    let name = KeyValueConfiguration.streamPrefix + bucket
    let info: StreamInfo
    do throws(JetStreamError) { info = try await stream(name) } catch { throw KeyValueError(error, bucket) }
    guard let status = KeyValueStatus(info) else { throw .notABucket(name) }
    return status
  }

  /// Deletes a bucket with all its keys.
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

  /// Reads the configuration and state of all buckets, including mirrors.
  ///
  /// - Throws: `KeyValueError.jetStream`.
  public func keyValueStatuses() async throws(KeyValueError) -> [KeyValueStatus] {
    do throws(JetStreamError) {
      return try await streams().compactMap { KeyValueStatus($0) }
    } catch {
      throw .jetStream(error)
    }
  }

  /// Reads the names of all buckets, including mirrors.
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
  /// Reads the current configuration and state of the bucket.
  ///
  /// - Throws: `KeyValueError.bucketNotFound`, and `.jetStream`.
  public func status() async throws(KeyValueError) -> KeyValueStatus {
    try await jetStream.keyValueStatus(bucket)
  }
}
