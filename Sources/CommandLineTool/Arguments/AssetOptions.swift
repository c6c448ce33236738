internal import ArgumentParser
internal import KVSync
internal import ModuleStore
internal import SystemPackage

/// The options that name a folder which is published, and what of it.
struct AssetOptions: ParsableArguments {
  @Option(
    "assets", short: "a", value: "dir", help: "Publish this folder, not a branch.", completion: .directory)
  private var directory: String?
  @Option("include", value: "pattern", help: "Publish only what a pattern matches, as in .gitignore.")
  private var included: [String] = []
  @Option("exclude", value: "pattern", help: "Leave out what a pattern matches.")
  private var excluded: [String] = []

  /// What is published of which folder.
  struct Folder {
    let name: FilePath
    let selection: AssetFolder.Selection

    /// The files as they are now.
    func source(_ session: Session) throws -> any PublishSource {
      try FolderSource(
        AssetFolder(name, selection), as: session.publishedBranch,
        by: session.author?.name ?? Author.standard.name, session.work)
    }
  }

  /// The folder; nil where none is named.
  var folder: Folder? {
    get throws(Failure) {
      guard let directory else {
        guard included.isEmpty, excluded.isEmpty else {
          throw .usage("--include and --exclude go with --assets")
        }
        return nil
      }
      var selection = AssetFolder.Selection()
      (selection.included, selection.excluded) = (included, excluded)
      return Folder(name: FilePath(directory), selection: selection)
    }
  }
}
