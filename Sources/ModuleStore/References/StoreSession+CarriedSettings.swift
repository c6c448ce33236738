internal import Git
internal import Identifiers
internal import JSONText

/// The settings that plain git copies to a mirror, because a reference names them (Documentation/formats.md, "Carried
/// settings").
extension StoreSession {
  /// The reference that names them.
  static let settingsReference = "refs/wasmstore/settings"

  /// Writes the present settings of the store to an object and moves the reference to it. Called under the write lock,
  /// after settings changed.
  ///
  /// - Throws: `StoreError.system` if they cannot be written.
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

  /// The settings that plain git copied to a mirror. Empty if there are none, and in a store, which has its own file.
  ///
  /// - Throws: `StoreError.damaged` if the reference does not name settings.
  func carriedSettings() throws(StoreError) -> [(name: String, value: String)] {
    guard try version() == nil, let id = try objectID(of: StoreSession.settingsReference) else { return [] }
    let bytes = try translated { () throws(GitError) in try repository.object(id, kind: .blob) }
    guard case .object(let members)? = JSONValue(parsing: bytes) else {
      throw .damaged("\(StoreSession.settingsReference) has no settings")
    }
    return members.compactMap { name, value in
      // Another program may have written the object. Unknown settings and invalid values are ignored.
      guard SettingKey.isCarried(name), let key = try? SettingKey(name), let text = value.text,
        key.objection(to: text) == nil
      else { return nil }
      return (key.name, text)
    }
  }

  /// Copies the settings of a mirror to the store's file. Called under the write lock, before the file gets the format
  /// version.
  func adoptSettings() throws(StoreError) {
    let present = Set(try ownEntries(carried: false).map { SettingKey.canonical($0.name) })
    for (name, value) in try carriedSettings() where !present.contains(name) {
      try setOwn(name, to: value)
    }
  }
}

extension SettingKey {
  /// Returns whether a setting is copied to mirrors: settings about accepted and kept data are; settings with the
  /// locations of keys and of publishing targets are not.
  static func isCarried(_ name: String) -> Bool {
    guard let key = try? SettingKey(name) else { return false }
    return key.isGuard
      || ["wasmstore.add.", "wasmstore.gc.", "wasmstore.mirror."].contains { key.name.hasPrefix($0) }
  }
}
