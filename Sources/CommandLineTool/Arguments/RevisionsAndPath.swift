internal import ModuleStore

/// Words that name revisions, and optionally a path at the end.
///
/// A word that begins with a slash is a path. Any other word is a revision if one with that name exists; otherwise the
/// last word is a path if the branch has it.
struct RevisionsAndPath {
  var revisions: [String] = []
  /// The revision whose history a range leaves out, where only one revision is taken.
  var excluded: String?
  var path: ModulePath?

  init(_ words: [String], atMost limit: Int, in store: StoreSession) throws {
    for (index, word) in words.enumerated() {
      guard path == nil else { throw Failure.usage("unexpected argument '\(word)' after the path") }
      if word.hasPrefix("/") {
        path = try ModulePath(word)
      } else if index == words.count - 1, try !Self.isRevision(word, in: store),
        let path = try? ModulePath(word),
        try Self.exists(path, in: store)
      {
        self.path = path
      } else if let ends = Self.range(word) {
        guard revisions.isEmpty else { throw Failure.usage("unexpected argument '\(word)'") }
        if limit == 1 {
          (excluded, revisions) = (ends.from, [ends.to])
        } else {
          revisions = [ends.from, ends.to]
        }
      } else {
        guard revisions.count < limit else { throw Failure.usage("unexpected argument '\(word)'") }
        revisions.append(word)
      }
    }
  }

  /// The two revisions of `A..B`. A missing one is the head of the branch. No name of a revision has two dots.
  private static func range(_ word: String) -> (from: String, to: String)? {
    guard !word.contains("..."), word != "..", let dots = word.firstRange(of: "..") else { return nil }
    let (from, to) = (word[..<dots.lowerBound], word[dots.upperBound...])
    return (from.isEmpty ? "@" : String(from), to.isEmpty ? "@" : String(to))
  }

  private static func isRevision(_ word: String, in store: StoreSession) throws -> Bool {
    do throws(StoreError) {
      _ = try store.resolve(word)
      return true
    } catch .unknownRevision, .noCommits, .invalidRevision {
      return false
    }
  }

  private static func exists(_ path: ModulePath, in store: StoreSession) throws -> Bool {
    var request = ListRequest()
    request.pattern = path.description
    request.showsAll = true
    return try !store.list(request).isEmpty
  }
}
