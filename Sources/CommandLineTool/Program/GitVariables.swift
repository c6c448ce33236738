internal import ModuleStore
internal import SystemPackage

/// The variables by which git's programs find the configuration that repositories cannot change.
///
/// Source: git's pages git and git-config, "ENVIRONMENT".
struct GitVariables: Sendable {
  /// GIT_CONFIG_SYSTEM; nil for `/etc/gitconfig`.
  var systemFile: String?
  /// GIT_CONFIG_GLOBAL; nil for the user's usual files. An empty value means no file.
  var globalFile: String?
  /// GIT_CONFIG_NOSYSTEM.
  var noSystem: String?
  /// GIT_CONFIG_COUNT.
  var count: String?
  /// GIT_CONFIG_KEY_N and GIT_CONFIG_VALUE_N, if they are set.
  var pairs: [(key: String?, value: String?)] = []
  /// SUDO_UID, which sudo sets.
  var sudoUser: String?

  /// Creates the state in which no variable is set.
  init() {}

  /// Reads the variables with `value`, which returns nil for an unset one.
  init(_ value: (String) -> String?) {
    systemFile = value("GIT_CONFIG_SYSTEM")
    globalFile = value("GIT_CONFIG_GLOBAL")
    noSystem = value("GIT_CONFIG_NOSYSTEM")
    count = value("GIT_CONFIG_COUNT")
    sudoUser = value("SUDO_UID")
    guard let number = count.flatMap({ Int($0) }), number > 0 else { return }
    for index in 0..<min(number, Self.largestCount) {
      pairs.append((value("GIT_CONFIG_KEY_\(index)"), value("GIT_CONFIG_VALUE_\(index)")))
    }
  }

  /// A number of pairs that is larger than an environment can contain.
  private static let largestCount = 100_000

  /// The configuration that results from the variables.
  ///
  /// - Throws: A usage error if the variables are an error in git, too.
  func protectedConfiguration(_ environment: Environment) throws(Failure) -> ProtectedConfiguration {
    let home = try environment.home?.text
    var files: [String] = []
    if !isTrue(noSystem) { files.append(systemFile ?? "/etc/gitconfig") }
    if let globalFile {
      files.append(globalFile)
    } else {
      let folder = try environment.configurationHome?.text ?? home.map { $0 + "/.config" }
      if let folder { files.append(folder + "/git/config") }
      if let home { files.append(home + "/.gitconfig") }
    }
    return ProtectedConfiguration(
      files: files.filter { !$0.isEmpty }.map { FilePath($0) }, safeDirectories: try safeDirectories(),
      home: home.map { FilePath($0) }, sudoUser: sudoUser.flatMap { UInt32($0) })
  }

  private func safeDirectories() throws(Failure) -> [String] {
    guard let count, !count.isEmpty else { return [] }
    guard let number = Int(count), number >= 0 else {
      throw .usage("GIT_CONFIG_COUNT must be a number, not '\(count)'")
    }
    var values: [String] = []
    for index in 0..<number {
      let pair = pairs.indices.contains(index) ? pairs[index] : (key: nil, value: nil)
      guard let key = pair.key, !key.isEmpty else { throw .usage("GIT_CONFIG_KEY_\(index) is not set") }
      guard let value = pair.value else { throw .usage("GIT_CONFIG_VALUE_\(index) is not set") }
      if key.lowercased() == "safe.directory" { values.append(value) }
    }
    return values
  }

  /// Parses a boolean as git does (git-config, "Values").
  private func isTrue(_ text: String?) -> Bool {
    guard let text else { return false }
    return !["", "false", "no", "off", "0"].contains(text.lowercased())
  }
}
