internal import ModuleStore
internal import SystemPackage
internal import StoreJSON

extension Session {
  /// Returns the interface of a module: a module of the store, a file if the word begins with `./` or `../`, or
  /// standard input if it is `-`. No path of a store begins so; the store is not opened for a file.
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
      // If the file cannot be examined, there is no hint.
      let isFile = (try? ModuleSource.Origin.file(FilePath(word)).isFile()) ?? false
      guard [.notFound, .notAStore].contains(failure.code), isFile else { throw failure }
      failure.hint = "use \(word.hasPrefix("/") ? "- < " : "./")\(word) for the file"
      throw failure
    }
  }
}
