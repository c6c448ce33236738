internal import ModuleStore

extension Session {
  /// The most paths that a hint names.
  private static let suggestionLimit = 3

  /// Says why a run failed; where a path was not found, which paths of that name there are.
  func failure(_ error: any Error) -> Failure {
    var failure = Failure(error)
    guard console.showsHints, case StoreError.moduleNotFound(let reference, _, nil) = error,
      let store = opened
    else { return failure }
    // What was not found is told in any case; without an answer here there is the usual hint.
    let similar = (try? store.paths(namedAs: reference, limit: Self.suggestionLimit)) ?? []
    guard let last = similar.last else { return failure }
    let others = similar.dropLast().map(\.description)
    failure.hint =
      "did you mean " + (others.isEmpty ? "" : others.joined(separator: ", ") + " or ") + "\(last)?"
    return failure
  }
}
