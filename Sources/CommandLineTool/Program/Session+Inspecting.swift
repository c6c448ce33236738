internal import ModuleStore
internal import SystemPackage
internal import StoreJSON

extension Session {
  /// What a module needs and offers: a module of the store, or a file where the word begins with `./` or `../`, or
  /// standard input where it is `-`. No path of a store begins so; for a file no store is opened.
  func inspect(_ word: String) throws -> InspectedModule {
    if word == "-" {
      try console.awaitInput("the module")
      return try InspectedModule(reading: .standardInput, name: word)
    }
    if word.hasPrefix("./") || word.hasPrefix("../") {
      return try InspectedModule(reading: .file(FilePath(word)), name: word)
    }
    do {
      return try store.inspect(word)
    } catch let error as StoreError {
      var failure = Failure(error)
      // Where it cannot be told whether there is such a file, there is no hint.
      let isFile = (try? ModuleSource.Origin.file(FilePath(word)).isFile()) ?? false
      guard [.notFound, .notAStore].contains(failure.code), isFile else { throw failure }
      failure.hint = "for the file of that name: \(word.hasPrefix("/") ? "- < " : "./")\(word)"
      throw failure
    }
  }
}
