internal import Git

extension StoreSession {
  /// Refuses the name of a new reference that git cannot keep together with the existing ones: `a` is a file, and
  /// `a/b` needs a folder of that name.
  ///
  /// `leaving`: References that are deleted in the same operation.
  ///
  /// - Throws: `StoreError.invalidName`.
  func refuseClash(of reference: String, leaving: Set<String> = []) throws(StoreError) {
    var obstacles = try translated { () throws(GitError) in
      try repository.references(withPrefix: reference + "/").map(\.name)
    }
    let steps = reference.split(separator: "/")
    for count in 1..<max(steps.count, 1) {
      let outer = steps[..<count].joined(separator: "/")
      if try current(outer) != nil { obstacles.append(outer) }
    }
    guard let obstacle = obstacles.first(where: { !leaving.contains($0) }) else { return }
    let name = BranchName(reference: reference)?.name ?? TagName(reference: reference)?.name ?? reference
    throw .invalidName(name, reason: "it conflicts with \(StoreSession.described(obstacle))")
  }

  private static func described(_ reference: String) -> String {
    if let branch = BranchName(reference: reference) { return "branch \(branch)" }
    return TagName(reference: reference).map { "tag \($0)" } ?? reference
  }
}
