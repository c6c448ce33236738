internal import ArgumentParser
internal import FileSystem
internal import ModuleStore
internal import SystemPackage

/// Completions from the store: the answers to the scripts that `completions` prints.
///
/// A completion does not create a store, does not wait for locks and does not print errors.
enum StoreCompletion {
  @Sendable static func branches(_ words: [String], _ index: Int, _ prefix: String) -> [String] {
    read(words) { store in try store.branches().map(\.name.name) }
  }

  @Sendable static func tags(_ words: [String], _ index: Int, _ prefix: String) -> [String] {
    read(words) { store in try store.tags().map(\.name.name) }
  }

  @Sendable static func revisions(_ words: [String], _ index: Int, _ prefix: String) -> [String] {
    branches(words, index, prefix) + tags(words, index, prefix)
  }

  @Sendable static func operations(_ words: [String], _ index: Int, _ prefix: String) -> [String] {
    read(words) { store in try store.operations(limit: 20).map(\.id) }
  }

  /// The names of settings.
  @Sendable static func settings(_ words: [String], _ index: Int, _ prefix: String) -> [String] {
    StoreSession.settingNames
      + read(words) { store in
        try store.branches().flatMap { ["branch.\($0.name).protected", "branch.\($0.name).policy"] }
      }
  }

  /// Files below `./` or `../`, one directory level at a time; directories end in a slash.
  private static func files(_ prefix: String) -> [String] {
    let end = prefix.lastIndex(of: "/").map { prefix.index(after: $0) } ?? prefix.startIndex
    let folder = String(prefix[..<end])
    // A folder that cannot be listed has no completions.
    let found = (try? names(in: FilePath(folder))) ?? []
    return found.map { folder + $0 }.filter { $0.hasPrefix(prefix) }.sorted().map { file in
      // An entry that cannot be examined is offered as a file.
      (try? FileKind(file)) == .directory ? file + "/" : file
    }
  }

  /// Paths of the branch, one level at a time, as a shell completes files.
  @Sendable static func modules(_ words: [String], _ index: Int, _ prefix: String) -> [String] {
    if prefix.hasPrefix("./") || prefix.hasPrefix("../") { return files(prefix) }
    let slash = prefix.hasPrefix("/") ? "/" : ""
    return read(words) { store in
      var steps: Set<String> = []
      // A path that needs quotes begins with a quote; it cannot be completed as a word of a shell.
      for spelled in try store.list(ListRequest()).map(\.path.spelled) where spelled.hasPrefix("/") {
        let path = slash + spelled.dropFirst()
        guard path.hasPrefix(prefix) else { continue }
        let rest = path.dropFirst(prefix.count)
        let end = rest.firstIndex(of: "/").map { rest.index(after: $0) } ?? rest.endIndex
        steps.insert(prefix + rest[..<end])
      }
      return steps.sorted()
    }
  }

  private static func read(_ words: [String], _ answer: (StoreSession) throws -> [String]) -> [String] {
    guard let flags = try? ArgumentReader.read(CommonOptions.self, options: commonOptions(in: words)),
      let settings = try? Settings.resolve(flags: flags, environment: .current),
      let root = settings.root.map({ FilePath($0) })
    else { return [] }
    var options = Store.Options()
    options.lockTimeout = .zero
    options.protectedConfiguration = settings.protectedConfiguration
    let branch = settings.branch.flatMap { try? BranchName($0) }
    guard let store = try? Store(at: root, options).connect().session(on: branch) else { return [] }
    return (try? answer(store)) ?? []
  }

  /// The `--root` and `--branch` of a command line that is still being typed.
  private static func commonOptions(in words: [String]) -> [Invocation.GivenOption] {
    var found: [Invocation.GivenOption] = []
    for (index, word) in words.enumerated() {
      for name in ["root", "branch"] {
        // The word that is being typed may still be empty.
        if word.hasPrefix("--\(name)="), word.count > name.count + 3 {
          found.append(Invocation.GivenOption(name: name, value: String(word.dropFirst(name.count + 3))))
        }
        if word == "--\(name)", index + 1 < words.count, !words[index + 1].isEmpty,
          !words[index + 1].hasPrefix("-")
        {
          found.append(Invocation.GivenOption(name: name, value: words[index + 1]))
        }
      }
    }
    return found
  }
}
