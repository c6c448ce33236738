internal import Glibc
internal import SystemPackage

/// Replaces this program with another one, which continues in this process with its environment and its open files,
/// except those that are closed on exec.
///
/// - Parameters:
///   - name: The program; a name without a slash is searched for as by a shell.
///   - arguments: The arguments after its name.
/// - Returns: Why the program could not be started. Otherwise the function does not return.
package func replaceProgram(with name: String, _ arguments: [String]) -> FileError {
  var words: [UnsafeMutablePointer<CChar>?] = ([name] + arguments).map { strdup($0) }
  defer { for word in words { free(word) } }
  words.append(nil)
  _ = execvp(name, words)
  return FileError("run", FilePath(name), Errno(rawValue: errno))
}
