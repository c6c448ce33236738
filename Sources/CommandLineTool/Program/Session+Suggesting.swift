internal import ModuleStore

extension Session {
  /// The maximum number of paths in a hint.
  private static let suggestionLimit = 3

  /// The failure for an error. If a path was not found, the hint lists paths with the same name.
  func failure(_ error: any Error) -> Failure {
    var failure = Failure(error)
    guard console.suggestsPaths, case StoreError.moduleNotFound(let reference, _, nil) = error,
      let store = opened
    else { return failure }
    // If this search fails, the failure keeps its usual hint.
    let similar = (try? store.paths(namedAs: reference, limit: Self.suggestionLimit)) ?? []
    guard let last = similar.last else { return failure }
    let others = similar.dropLast().map(\.description)
    failure.hint =
      "did you mean " + (others.isEmpty ? "" : others.joined(separator: ", ") + " or ") + "\(last)?"
    return failure
  }
}
