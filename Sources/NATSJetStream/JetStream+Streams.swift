internal import JSONText

extension JetStream {
  /// Creates a stream. If it exists with the same configuration, it is returned.
  ///
  /// - Throws: `JetStreamError.refused` with `streamNameInUse` if it exists with another configuration, `.ignored` if
  ///   the server ignored a part of the configuration (the stream exists then), and others.
  public func createStream(_ configuration: StreamConfiguration) async throws(JetStreamError) -> StreamInfo {
    try await change("CREATE", configuration)
  }

  /// Changes the configuration of a stream.
  ///
  /// - Throws: `JetStreamError.streamNotFound`, `.ignored`, and others.
  public func updateStream(_ configuration: StreamConfiguration) async throws(JetStreamError) -> StreamInfo {
    try await change("UPDATE", configuration)
  }

  private func change(
    _ call: String, _ configuration: StreamConfiguration
  ) async throws(JetStreamError) -> StreamInfo {
    try JetStream.check(configuration.name)
    let info = try await info(
      of: configuration.name, "STREAM.\(call).\(configuration.name)", configuration.json)
    let missing = configuration.missing(in: info.configuration)
    guard missing.isEmpty else { throw .ignored(missing) }
    return info
  }

  /// Reads the configuration and state of a stream.
  ///
  /// - Throws: `JetStreamError.streamNotFound` and others.
  public func stream(_ name: String) async throws(JetStreamError) -> StreamInfo {
    try await info(of: name, "STREAM.INFO.\(name)", nil)
  }

  private func info(
    of name: String, _ subject: String, _ body: JSONValue?
  ) async throws(JetStreamError) -> StreamInfo {
    let json = try await ask(name, subject, body)
    guard let info = StreamInfo(json) else { throw .unreadable(subject) }
    return info
  }

  /// Sends a request about a stream.
  func ask(_ stream: String, _ subject: String, _ body: JSONValue?) async throws(JetStreamError) -> JSONValue
  {
    try JetStream.check(stream)
    do throws(JetStreamError) {
      return try await request(subject, body)
    } catch {
      throw error.code == .streamNotFound ? .streamNotFound(stream) : error
    }
  }

  /// Deletes a stream with all its messages.
  ///
  /// - Throws: `JetStreamError.streamNotFound` and others.
  public func deleteStream(_ name: String) async throws(JetStreamError) {
    _ = try await ask(name, "STREAM.DELETE.\(name)", nil)
  }

  /// Deletes messages of a stream.
  ///
  /// - Parameters:
  ///   - name: The stream.
  ///   - filter: Deletes only messages of this subject, which may have wildcards; nil for all.
  ///   - sequence: Deletes only messages before this one; nil for all.
  ///   - keeping: The number of newest messages to keep; nil for none.
  /// - Returns: The number of deleted messages.
  /// - Throws: `JetStreamError.streamNotFound` and others.
  @discardableResult
  public func purgeStream(
    _ name: String, filter: String? = nil, before sequence: Int64? = nil, keeping: Int64? = nil
  ) async throws(JetStreamError) -> Int64 {
    var members: [(String, JSONValue)] = []
    if let filter { members.append(("filter", .text(filter))) }
    if let sequence { members.append(("seq", .number(sequence))) }
    if let keeping { members.append(("keep", .number(keeping))) }
    return try await ask(name, "STREAM.PURGE.\(name)", .object(members))["purged"]?.number ?? 0
  }

  /// Reads the names of all streams that store a subject.
  ///
  /// - Parameter subject: The subject, which may have wildcards; nil for all streams.
  /// - Returns: The names.
  /// - Throws: `JetStreamError`.
  public func streamNames(of subject: String? = nil) async throws(JetStreamError) -> [String] {
    var names: [String] = []
    while true {
      var members: [(String, JSONValue)] = [("offset", .count(names.count))]
      if let subject { members.append(("subject", .text(subject))) }
      let json = try await request("STREAM.NAMES", .object(members))
      let page = json["streams"]?.texts ?? []
      names += page
      guard !page.isEmpty, names.count < Int(clamping: json["total"]?.number ?? 0) else { return names }
    }
  }

  /// Reads the configuration and state of streams.
  ///
  /// - Parameter subject: Only streams that store this subject; nil for all, including mirrors.
  /// - Returns: The streams.
  /// - Throws: `JetStreamError`.
  public func streams(of subject: String? = nil) async throws(JetStreamError) -> [StreamInfo] {
    var streams: [StreamInfo] = []
    var offset = 0
    while true {
      var members: [(String, JSONValue)] = [("offset", .count(offset))]
      if let subject { members.append(("subject", .text(subject))) }
      let json = try await request("STREAM.LIST", .object(members))
      guard case .array(let page)? = json["streams"], !page.isEmpty else { return streams }
      streams += page.compactMap { StreamInfo($0) }
      offset += page.count
      guard offset < Int(clamping: json["total"]?.number ?? 0) else { return streams }
    }
  }
}
