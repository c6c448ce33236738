extension StreamConfiguration {
  /// Returns the requested fields that are missing in the server's response.
  ///
  /// Old servers ignore fields that they do not know, without an error.
  func missing(in answer: StreamConfiguration) -> [String] {
    var names = limitsMissing(in: answer) + promisesMissing(in: answer)
    func compare(_ name: String, _ isSame: Bool) { if !isSame { names.append(name) } }
    if let description, !description.isEmpty { compare("description", answer.description == description) }
    if let compression, compression != "none" { compare("compression", answer.compression == compression) }
    if let placement { compare("placement", answer.placement == placement) }
    if let republish {
      let source = republish.source.isEmpty ? answer.republish?.source ?? "" : republish.source
      let isSame =
        answer.republish?.destination == republish.destination && answer.republish?.source == source
        && answer.republish?.onlyHeaders == republish.onlyHeaders
      compare("republish", isSame)
    }
    if let mirror { compare("mirror", answer.mirror == mirror) }
    if let sources, !sources.isEmpty { compare("sources", answer.sources == sources) }
    if let metadata {
      compare(
        "metadata", metadata.allSatisfy { $0.key.hasPrefix("_nats.") || answer.metadata?[$0.key] == $0.value }
      )
    }
    return names
  }

  /// Returns the missing limits; "no limit" may be written in more than one way.
  private func limitsMissing(in answer: StreamConfiguration) -> [String] {
    var names: [String] = []
    func compare(_ name: String, _ wanted: Int64?, _ found: Int64?) {
      if let wanted, wanted > 0, found != wanted { names.append(name) }
    }
    compare("num_replicas", Int64(replicas), Int64(answer.replicas))
    compare("max_msgs_per_subject", messagesPerSubject, answer.messagesPerSubject)
    compare("max_bytes", byteLimit, answer.byteLimit)
    compare("max_msg_size", messageByteLimit, answer.messageByteLimit)
    compare("max_age", age?.nanoseconds, answer.age?.nanoseconds)
    compare("subject_delete_marker_ttl", deleteMarkerTTL?.nanoseconds, answer.deleteMarkerTTL?.nanoseconds)
    return names
  }

  /// Returns the missing permissions and prohibitions.
  private func promisesMissing(in answer: StreamConfiguration) -> [String] {
    let promises = [
      ("allow_rollup_hdrs", allowsRollup, answer.allowsRollup),
      ("deny_delete", deniesDelete, answer.deniesDelete),
      ("deny_purge", deniesPurge, answer.deniesPurge), ("allow_direct", allowsDirect, answer.allowsDirect),
      ("mirror_direct", mirrorsDirect, answer.mirrorsDirect),
      ("allow_msg_ttl", allowsMessageTTL, answer.allowsMessageTTL),
      ("allow_atomic", allowsAtomicPublish, answer.allowsAtomicPublish),
    ]
    return promises.compactMap { $0.1 == true && $0.2 != true ? $0.0 : nil }
  }
}
