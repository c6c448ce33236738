internal import Git
internal import Identifiers
internal import JSONText

/// The settings that go along where plain git mirrors the store, by a reference (Documentation/formats.md, "Carried
/// settings").
extension StoreSession {
  /// The reference that names them.
  static let settingsReference = "refs/wasmstore/settings"

  /// Has the reference name the settings as the store's file has them now. Called under the write lock, after settings
  /// have changed.
  ///
  /// - Throws: `StoreError.system` where they cannot be written.
  func carrySettings() throws(StoreError) {
    var members: [String: JSONValue] = [:]
    for entry in try ownEntries() where SettingKey.isCarried(entry.name) {
      members[SettingKey.canonical(entry.name)] = .text(entry.value)
    }
    let before = try objectID(of: StoreSession.settingsReference)
    guard !members.isEmpty else {
      guard let before else { return }
      return try withStaleLocksRemoved { () throws(GitError) in
        try repository.delete(StoreSession.settingsReference, expected: before)
      }
    }
    let text =
      JSONValue.object(members.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }).serialized + "\n"
    let objects = ObjectSink(looseObjects)
    let id = try translated { () throws(GitError) in
      let id = try objects.write(Array(text.utf8).span.bytes, kind: .blob)
      try objects.finish(with: []) {}
      return id
    }
    guard id != before else { return }
    try withStaleLocksRemoved { () throws(GitError) in
      try repository.update(
        StoreSession.settingsReference, from: before, to: id, message: Operation.logMark + "settings")
    }
  }

  /// The settings that came along with a mirror; empty where none did, and in a store, whose own file counts.
  ///
  /// - Throws: `StoreError.damaged` where the reference names no settings.
  func carriedSettings() throws(StoreError) -> [(name: String, value: String)] {
    guard try version() == nil, let id = try objectID(of: StoreSession.settingsReference) else { return [] }
    let bytes = try translated { () throws(GitError) in try repository.object(id, kind: .blob) }
    guard case .object(let members)? = JSONValue(parsing: bytes) else {
      throw .damaged("\(StoreSession.settingsReference) names no settings")
    }
    return members.compactMap { name, value in
      // What another program wrote is heeded as far as it is known here, and allowed.
      guard SettingKey.isCarried(name), let key = try? SettingKey(name), let text = value.text,
        key.objection(to: text) == nil
      else { return nil }
      return (key.name, text)
    }
  }

  /// Takes the settings that came along with a mirror over into the store's file. Called under the write lock, before
  /// that says that it is a store.
  func adoptSettings() throws(StoreError) {
    let present = Set(try ownEntries(carried: false).map { SettingKey.canonical($0.name) })
    for (name, value) in try carriedSettings() where !present.contains(name) {
      try setOwn(name, to: value)
    }
  }
}

extension SettingKey {
  /// Tells whether a setting goes along with a mirror: what the store takes and keeps, and not where this machine has
  /// keys, or publishes to.
  static func isCarried(_ name: String) -> Bool {
    guard let key = try? SettingKey(name) else { return false }
    return key.isGuard || ["wasmstore.add.", "wasmstore.gc."].contains { key.name.hasPrefix($0) }
  }
}
