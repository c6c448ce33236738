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

/// A branch whose settings move to another branch, or are removed, together with the branch.
struct BranchSettingsMove {
  let from: BranchName
  /// The branch that receives them; nil for none.
  let to: BranchName?
}

extension StoreSession {
  /// Copies a branch's settings in the store's file to the branch that replaces it; called under the write lock.
  ///
  /// - Returns: The overwritten settings.
  func copySettings(_ move: BranchSettingsMove) throws(StoreError) -> [(key: String, value: String?)] {
    guard let new = move.to else { return [] }
    let present = try ownSettings(of: new)
    var replaced: [(key: String, value: String?)] = []
    for (name, value) in try ownSettings(of: move.from).sorted(by: { $0.key < $1.key }) {
      try setOwn(StoreSession.settingsPrefix(new) + name, to: value)
      replaced.append((StoreSession.settingsPrefix(new) + name, present[name]))
    }
    return replaced
  }

  /// Removes a branch's settings from the store's file; called under the write lock.
  func removeSettings(of branch: BranchName) throws(StoreError) {
    for name in try ownSettings(of: branch).keys.sorted() {
      try setOwn(StoreSession.settingsPrefix(branch) + name, to: nil)
    }
  }

  /// Writes a setting to the store's file; nil removes it. Called under the write lock.
  func setOwn(_ key: String, to value: String?) throws(StoreError) {
    try withStaleLocksRemoved { () throws(GitError) in
      try Configuration(path: layout.configuration).set(key, to: value)
    }
  }

  private static func settingsPrefix(_ branch: BranchName) -> String { "wasmstore.branch.\(branch)." }

  /// The settings of a branch in the store's file, by the last part of their names.
  private func ownSettings(of branch: BranchName) throws(StoreError) -> [String: String] {
    let prefix = StoreSession.settingsPrefix(branch)
    var settings: [String: String] = [:]
    for entry in try entries(of: 0) where entry.name.hasPrefix(prefix) {
      let name = String(entry.name.dropFirst(prefix.count))
      // A name with another dot belongs to a branch with a longer name.
      if !name.contains(".") { settings[name] = entry.value }
    }
    return settings
  }
}

extension StoreSession {
  /// The names of the settings that do not belong to a branch, in order.
  public static var settingNames: [String] { SettingKey.names }
}

/// The name of a known setting.
struct SettingKey {
  /// The name with its section, in the form of git-config.
  let name: String
  private let rule: Rule

  static let section = "wasmstore."

  private enum Rule {
    case author
    case protection
    case features
    case policy
    case history
    case count
    case period
    case flag
    case file
    case target
    case address
    case storeName
    case name
  }

  /// The last parts of `kv.NAME.…`, which describe publishing targets.
  private static let targets: [String: Rule] = [
    "account": .name, "grace": .period, "head": .address, "headtokenfile": .file, "keep": .count,
    "namespace": .name, "store": .storeName, "tokenfile": .file, "url": .target,
  ]

  /// The rule of a setting `kv.NAME.…`; nil for any other.
  private static func targetRule(_ name: String) -> Rule? {
    let prefix = "wasmstore.kv."
    guard name.hasPrefix(prefix), let dot = name.lastIndex(of: "."),
      name.utf8.distance(from: name.startIndex, to: dot) > prefix.utf8.count
    else { return nil }
    return targets[String(name[name.index(after: dot)...])]
  }

  private static let fixed: [String: Rule] = [
    "wasmstore.author": .author, "wasmstore.add.features": .features, "wasmstore.gc.policy": .history,
    "wasmstore.gc.keeplast": .count, "wasmstore.gc.grace": .period,
    "wasmstore.server.authfile": .file, "wasmstore.mirror.operations": .flag,
  ]

  /// The names without their section, in order.
  static var names: [String] { fixed.keys.map { String($0.dropFirst(section.count)) }.sorted() }

  /// Reads a name, with or without its section.
  init(_ text: String) throws(StoreError) {
    let name = SettingKey.canonical(text.hasPrefix(SettingKey.section) ? text : SettingKey.section + text)
    if let rule = SettingKey.fixed[name] {
      self.rule = rule
    } else if GuardSetting.protected.subject(of: name) != nil {
      rule = .protection
    } else if GuardSetting.policy.subject(of: name) != nil {
      rule = .policy
    } else if let rule = SettingKey.targetRule(name) {
      self.rule = rule
    } else {
      throw .unknownSetting(text)
    }
    self.name = name
  }

  /// Converts the section and the last part to lower case, as git-config compares them; a subsection is not changed.
  static func canonical(_ name: String) -> String {
    guard let first = name.firstIndex(of: "."), let last = name.lastIndex(of: ".") else {
      return name.lowercased()
    }
    return name[..<first].lowercased() + String(name[first..<last]) + name[last...].lowercased()
  }

  /// The reason why a value is not allowed; nil if it is allowed.
  func objection(to value: String) -> String? {
    switch rule {
    case .author: return Author(value) == nil ? "it does not have the form NAME or NAME <MAIL>" : nil
    case .protection: return ["true", "false", "changes"].contains(value) ? nil : SettingKey.noProtection
    case .features:
      do {
        _ = try Features(parsing: value)
        return nil
      } catch {
        return SettingKey.objection(to: error)
      }
    case .history:
      return ["squash", "keep-last", "keep-history"].contains(value)
        ? nil : "it must be squash, keep-last or keep-history"
    case .count: return Int(value).map { $0 > 0 } ?? false ? nil : "it is not a number greater than 0"
    case .period: return GracePeriod.seconds(value) == nil ? GracePeriod.objection : nil
    case .flag: return ["true", "false"].contains(value) ? nil : "it must be true or false"
    case .file: return value.hasPrefix("/") ? nil : "it is not an absolute path"
    case .target: return value.contains("://") ? nil : "it is not a URL"
    case .address:
      let isOne = value == "kv" || value.hasPrefix("https://") || value.hasPrefix("http://")
      return isOne ? nil : "it must be kv, or an http or https URL"
    case .name: return value.isEmpty || value.contains("/") ? "it is empty, or has a slash" : nil
    case .storeName:
      let isOne =
        (1...64).contains(value.utf8.count) && value.first?.isPunctuation == false
        && value.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) }
      return isOne
        ? nil
        : "it must be 1 to 64 letters, digits, dots, hyphens and underscores, and begin with a letter or digit"
    case .policy:
      do throws(BranchPolicy.Malformed) {
        _ = try BranchPolicy(parsing: value)
        return nil
      } catch {
        return error.reason
      }
    }
  }

  /// Whether it guards a branch, so that its changes are recorded.
  var isGuard: Bool { GuardSetting.allCases.contains { $0.subject(of: name) != nil } }

  static let noProtection = "it must be true, false or changes"

  static func objection(to error: UnknownFeature) -> String { "there is no feature '\(error.name)'" }
}
