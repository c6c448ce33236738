internal import Wasm

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
