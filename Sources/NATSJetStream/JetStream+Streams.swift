internal import JSONText

extension JetStream {
  /// Creates a stream; one that is there with the same configuration is answered.
  ///
  /// - Throws: `JetStreamError.refused` with `streamNameInUse` where it is there with another configuration, `.ignored`
  ///   where the server left out a part of it (the stream is there then), and others.
  public func createStream(_ configuration: StreamConfiguration) async throws(JetStreamError) -> StreamInfo {
    try await change("CREATE", configuration)
  }

  /// Gives a stream another configuration.
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

  /// Asks for a stream.
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

  /// Asks something about a stream.
  func ask(_ stream: String, _ subject: String, _ body: JSONValue?) async throws(JetStreamError) -> JSONValue
  {
    try JetStream.check(stream)
    do throws(JetStreamError) {
      return try await request(subject, body)
    } catch {
      throw error.code == .streamNotFound ? .streamNotFound(stream) : error
    }
  }

  /// Deletes a stream and all that it holds.
  ///
  /// - Throws: `JetStreamError.streamNotFound` and others.
  public func deleteStream(_ name: String) async throws(JetStreamError) {
    _ = try await ask(name, "STREAM.DELETE.\(name)", nil)
  }

  /// Deletes messages of a stream.
  ///
  /// - Parameters:
  ///   - name: The stream.
  ///   - filter: Only those of this subject, which may have wildcards; nil for all.
  ///   - sequence: Only those before this one; nil for all.
  ///   - keeping: How many of the newest to keep; nil for none.
  /// - Returns: How many were deleted.
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

  /// The names of all streams that keep a subject.
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

  /// What all streams are and hold.
  ///
  /// - Parameter subject: Only those that keep this subject; nil for all, mirrors too.
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
