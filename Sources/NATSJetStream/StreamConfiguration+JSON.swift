public import JSONText

extension StreamConfiguration {
  /// The configuration in the form of a request.
  public var json: JSONValue {
    var members: [(String, JSONValue)] = [("name", .text(name))]
    func add(_ name: String, _ value: JSONValue?) { if let value { members.append((name, value)) } }
    if !subjects.isEmpty { add("subjects", .array(subjects.map { .text($0) })) }
    add("description", description.map { .text($0) })
    add("retention", .text("limits"))
    add("discard", discard.map { .text($0.rawValue) })
    add("storage", .text(storage.rawValue))
    add("num_replicas", .count(replicas))
    add("max_msgs_per_subject", messagesPerSubject.map { .number($0) })
    add("max_bytes", byteLimit.map { .number($0) })
    add("max_msg_size", messageByteLimit.map { .number($0) })
    add("max_age", age.map { .number($0.nanoseconds) })
    add("duplicate_window", duplicateWindow.map { .number($0.nanoseconds) })
    add("allow_rollup_hdrs", allowsRollup.map { .boolean($0) })
    add("deny_delete", deniesDelete.map { .boolean($0) })
    add("deny_purge", deniesPurge.map { .boolean($0) })
    add("allow_direct", allowsDirect.map { .boolean($0) })
    add("mirror_direct", mirrorsDirect.map { .boolean($0) })
    add("allow_msg_ttl", allowsMessageTTL.map { .boolean($0) })
    add("allow_atomic", allowsAtomicPublish.map { .boolean($0) })
    add("subject_delete_marker_ttl", deleteMarkerTTL.map { .number($0.nanoseconds) })
    add("compression", compression.map { .text($0) })
    add("placement", placement?.json)
    add("republish", republish?.json)
    add("mirror", mirror?.json)
    add("sources", sources.map { .array($0.map(\.json)) })
    add("metadata", metadata.map { .object($0.sorted { $0.key < $1.key }.map { ($0.key, .text($0.value)) }) })
    add("sealed", isSealed.map { .boolean($0) })
    members += others.filter { other in !members.contains { $0.0 == other.0 } }
    return .object(members)
  }

  /// Parses a configuration; nil for anything else.
  public init?(_ json: JSONValue) {
    guard let name = json["name"]?.text, case .object(let members) = json else { return nil }
    self.init(name: name, subjects: [])
    if case .array(let items)? = json["subjects"] { subjects = items.compactMap(\.text) }
    description = json["description"]?.text
    discard = json["discard"]?.text.flatMap { Discard(rawValue: $0) }
    storage = json["storage"]?.text.flatMap { Storage(rawValue: $0) } ?? .file
    replicas = Int(clamping: json["num_replicas"]?.number ?? 1)
    messagesPerSubject = json["max_msgs_per_subject"]?.number
    byteLimit = json["max_bytes"]?.number
    messageByteLimit = json["max_msg_size"]?.number
    age = json["max_age"]?.number.map { .nanoseconds($0) }
    duplicateWindow = json["duplicate_window"]?.number.map { .nanoseconds($0) }
    allowsRollup = json["allow_rollup_hdrs"]?.flag
    deniesDelete = json["deny_delete"]?.flag
    deniesPurge = json["deny_purge"]?.flag
    allowsDirect = json["allow_direct"]?.flag
    mirrorsDirect = json["mirror_direct"]?.flag
    allowsMessageTTL = json["allow_msg_ttl"]?.flag
    allowsAtomicPublish = json["allow_atomic"]?.flag
    deleteMarkerTTL = json["subject_delete_marker_ttl"]?.number.map { .nanoseconds($0) }
    compression = json["compression"]?.text
    placement = json["placement"].flatMap { Placement($0) }
    republish = json["republish"].flatMap { Republish($0) }
    mirror = json["mirror"].flatMap { StreamSource($0) }
    if case .array(let items)? = json["sources"] { sources = items.compactMap { StreamSource($0) } }
    if case .object(let items)? = json["metadata"] {
      metadata = Dictionary(items.compactMap { item in item.1.text.map { (item.0, $0) } }) { $1 }
    }
    isSealed = json["sealed"]?.flag
    guard case .object(let known) = self.json else { return nil }
    others = members.filter { member in !known.contains { $0.0 == member.0 } }
  }
}

extension StreamConfiguration.Placement {
  var json: JSONValue {
    .object([("cluster", .text(cluster)), ("tags", .array(tags.map { .text($0) }))])
  }

  init?(_ json: JSONValue) {
    guard case .object = json else { return nil }
    self.init(cluster: json["cluster"]?.text ?? "", tags: json["tags"]?.texts ?? [])
  }
}

extension StreamConfiguration.Republish {
  var json: JSONValue {
    .object([
      ("src", .text(source)), ("dest", .text(destination)), ("headers_only", .boolean(onlyHeaders)),
    ])
  }

  init?(_ json: JSONValue) {
    guard let destination = json["dest"]?.text else { return nil }
    self.init(
      source: json["src"]?.text ?? "", destination: destination,
      onlyHeaders: json["headers_only"]?.flag ?? false)
  }
}

extension StreamSource {
  var json: JSONValue {
    var members: [(String, JSONValue)] = [("name", .text(name))]
    if let startSequence { members.append(("opt_start_seq", .number(startSequence))) }
    if let filter { members.append(("filter_subject", .text(filter))) }
    if let external {
      members.append(
        (
          "external",
          .object([("api", .text(external.apiPrefix)), ("deliver", .text(external.deliverPrefix))])
        ))
    }
    if let transforms {
      members.append(
        (
          "subject_transforms",
          .array(transforms.map { .object([("src", .text($0.source)), ("dest", .text($0.destination))]) })
        ))
    }
    return .object(members)
  }

  init?(_ json: JSONValue) {
    guard let name = json["name"]?.text else { return nil }
    self.init(name: name)
    startSequence = json["opt_start_seq"]?.number
    filter = json["filter_subject"]?.text
    external = json["external"].flatMap { external in
      external["api"]?.text.map { External(apiPrefix: $0, deliverPrefix: external["deliver"]?.text ?? "") }
    }
    if case .array(let items)? = json["subject_transforms"] {
      transforms = items.compactMap { item in
        guard let source = item["src"]?.text, let destination = item["dest"]?.text else { return nil }
        return Transform(source: source, destination: destination)
      }
    }
  }
}

extension JSONValue {
  /// The value as a boolean; nil if it is not one.
  var flag: Bool? { if case .boolean(let value) = self { value } else { nil } }

  /// The texts of an array.
  var texts: [String] { if case .array(let items) = self { items.compactMap(\.text) } else { [] } }
}

extension Duration {
  /// The duration in nanoseconds, limited to 64 bits.
  package var nanoseconds: Int64 {
    let (seconds, attoseconds) = components
    let (high, isTooLarge) = seconds.multipliedReportingOverflow(by: 1_000_000_000)
    return isTooLarge ? (seconds < 0 ? .min : .max) : high &+ attoseconds / 1_000_000_000
  }
}
