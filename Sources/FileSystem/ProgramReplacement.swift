internal import Glibc
internal import SystemPackage

/// Lets another program take the place of this one: it goes on as this process, with its environment, and its files but for
/// those that are closed then.
///
/// - Parameters:
///   - name: The program; without a slash it is looked for as a shell does.
///   - arguments: What follows its name.
/// - Returns: Why it could not be started. Otherwise nothing returns.
package func replaceProgram(with name: String, _ arguments: [String]) -> FileError {
  var words: [UnsafeMutablePointer<CChar>?] = ([name] + arguments).map { strdup($0) }
  defer { for word in words { free(word) } }
  words.append(nil)
  _ = execvp(name, words)
  return FileError("run", FilePath(name), Errno(rawValue: errno))
}
