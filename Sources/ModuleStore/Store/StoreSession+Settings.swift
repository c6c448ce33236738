internal import FileSystem
internal import Git
internal import Glibc
internal import SystemPackage
internal import Wasm

/// A setting and its origin.
public struct Setting: Hashable, Sendable {
  /// The name with `wasmstore.` before it.
  public let key: String
  /// The value as in the file.
  public let value: String
  /// The file.
  public let origin: String
}

extension StoreSession {
  /// The features that `add` accepts by default: the setting `add.features`, otherwise the default set.
  var acceptedFeatures: Features {
    get throws(StoreError) {
      guard let text = try setting("add.features")?.value else { return .default }
      do { return try Features(parsing: text) } catch {
        throw .invalidSetting(
          key: "wasmstore.add.features", value: text, reason: SettingKey.objection(to: error))
      }
    }
  }

  /// One setting: from the store's file, otherwise from the user's; nil if neither contains it.
  ///
  /// `key`: The name, with or without `wasmstore.` before it.
  ///
  /// - Throws: `StoreError.unknownSetting`.
  public func setting(_ key: String) throws(StoreError) -> Setting? {
    let key = try SettingKey(key)
    for file in connection.settingsFiles.indices {
      let entries = try entries(of: file)
      if let entry = entries.last(where: { $0.name == key.name }) {
        return Setting(key: key.name, value: entry.value, origin: connection.settingsFiles[file].path.string)
      }
    }
    return nil
  }

  /// All settings; if both files contain one, only the store's.
  public func settings() throws(StoreError) -> [Setting] {
    var settings: [String: Setting] = [:]
    for file in connection.settingsFiles.indices.reversed() {
      for entry in try entries(of: file)
      where entry.name.hasPrefix(SettingKey.section) && entry.name != Store.formatKey {
        let key = SettingKey.canonical(entry.name)
        settings[key] = Setting(
          key: key, value: entry.value, origin: connection.settingsFiles[file].path.string)
      }
    }
    return settings.values.sorted { $0.key < $1.key }
  }

  /// The settings of one file, in its order.
  private func entries(of file: Int) throws(StoreError) -> [(name: String, value: String)] {
    file == 0 ? try ownEntries() : try read(file)
  }

  /// The settings of the store's own file; before it is a store, with those carried by a mirror.
  ///
  /// - Parameter carried: Whether to include the carried settings.
  /// - Returns: The settings; later ones override earlier ones.
  /// - Throws: `StoreError.system`, `.damaged`.
  func ownEntries(carried: Bool = true) throws(StoreError) -> [(name: String, value: String)] {
    try (carried ? carriedSettings() : []) + read(0)
  }

  private func read(_ file: Int) throws(StoreError) -> [(name: String, value: String)] {
    do throws(GitError) {
      return try connection.settingsFiles[file].entries().map { ($0.name, $0.value) }
    } catch {
      // As in git, a home that the user cannot enter, for example after su, contains no settings.
      let path = connection.settingsFiles[file].path
      guard file > 0, error.code == .system(EACCES), (try? FileStatus(path)) == nil else {
        throw StoreError(error)
      }
      if !connection.hasReportedUserSettings { work.note(.settingsOutOfReach(path.string)) }
      connection.hasReportedUserSettings = true
      return []
    }
  }

  /// Writes a setting to the store's file; nil removes it.
  ///
  /// - Parameters:
  ///   - key: The name, with or without `wasmstore.` before it.
  ///   - value: The value; nil for none.
  ///   - command: The command for the operation record, if the setting is recorded.
  /// - Throws: `StoreError.unknownSetting`, `.invalidSetting`, `.branchNotFound` if it is for a branch that does not
  ///   exist.
  public func setSetting(_ key: String, to value: String?, command: String? = nil) throws(StoreError) {
    let command = command ?? (value == nil ? "config unset \(key)" : "config set \(key)")
    let key = try SettingKey(key)
    if let value, let reason = key.objection(to: value) {
      throw .invalidSetting(key: key.name, value: value, reason: reason)
    }
    try locks.writing { () throws(StoreError) in
      try migrate()
      if key.isGuard {
        if value != nil { try refuseUnknownSubject(of: key.name) }
        try setGuard(key.name, to: value, command: command)
      } else {
        try setOwn(key.name, to: value)
      }
      try carrySettings()
      if key.name == SettingKey.section + StoreSession.carriedRecordKey {
        if value == "true" { carryRecord() } else { try endCarriedRecord() }
      }
    }
  }

  /// The value of a setting in the store's file; nil if there is none.
  func ownValue(of key: String) throws(StoreError) -> String? {
    try entries(of: 0).last { SettingKey.canonical($0.name) == key }?.value
  }
}
