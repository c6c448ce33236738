internal import Glibc

/// What a program left behind.
public struct ProcessResult: Sendable {
  /// The exit status; 128 + the signal's number when a signal ended the program.
  public let status: Int32
  /// The bytes on standard output.
  public let output: [UInt8]
  /// The text on standard error.
  public let errors: String

  /// Standard output as text, without the final line break.
  public var text: String {
    var bytes = output[...]
    if bytes.last == 0x0a { bytes.removeLast() }
    return String(decoding: bytes, as: UTF8.self)
  }
}

/// Says that a program could not be run, or ended badly.
public struct ProcessError: Error, CustomStringConvertible {
  /// What happened.
  public let description: String
}

/// A program that was started.
///
/// Its input and output are files without names, so that neither side ever waits for the other.
public struct RunningProcess: ~Copyable {
  /// The process's number.
  public let id: Int32
  private let output: Int32
  private let errors: Int32

  /// Starts a program found in `PATH`, with no settings of the user's or the system's git.
  public init(_ arguments: [String], input: [UInt8] = []) throws {
    let files = try [input, [], []].map(unnamedFile(holding:))
    defer { _ = close(files[0]) }
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    for (number, file) in files.enumerated() {
      posix_spawn_file_actions_adddup2(&actions, file, Int32(number))
    }
    let path = getenv("PATH").map { String(cString: $0) } ?? "/usr/bin:/bin"
    let environment = [
      "PATH=\(path)", "HOME=/nonexistent", "LC_ALL=C.UTF-8", "TZ=UTC", "GIT_CONFIG_NOSYSTEM=1",
      "GIT_CONFIG_GLOBAL=/dev/null", "GIT_AUTHOR_NAME=Test", "GIT_AUTHOR_EMAIL=test@localhost",
      "GIT_COMMITTER_NAME=Test", "GIT_COMMITTER_EMAIL=test@localhost",
    ]
    guard let program = arguments.first else { throw ProcessError(description: "no program is named") }
    var id: Int32 = 0
    let status = withStrings(arguments) { arguments in
      withStrings(environment) { posix_spawnp(&id, program, &actions, nil, arguments, $0) }
    }
    guard status == 0 else {
      throw ProcessError(description: "cannot run \(arguments): \(String(cString: strerror(status)))")
    }
    self.id = id
    self.output = files[1]
    self.errors = files[2]
  }

  /// Sends a signal.
  public func signal(_ number: Int32) { _ = kill(id, number) }

  /// Waits for the end.
  public consuming func wait() throws -> ProcessResult {
    var status: Int32 = 0
    while waitpid(id, &status, 0) < 0 {
      guard errno == EINTR else { throw ProcessError(description: "cannot wait for process \(id)") }
    }
    let signal = status & 0x7f
    let result = ProcessResult(
      status: signal == 0 ? (status >> 8) & 0xff : 128 + signal, output: contents(of: output),
      errors: String(decoding: contents(of: errors), as: UTF8.self))
    _ = close(output)
    _ = close(errors)
    return result
  }
}

/// Runs a program to its end.
///
/// - Throws: `ProcessError` with the program's own words when its status is not 0.
@discardableResult
public func run(_ arguments: [String], input: [UInt8] = []) throws -> ProcessResult {
  let result = try RunningProcess(arguments, input: input).wait()
  guard result.status == 0 else {
    throw ProcessError(
      description: "\(arguments) ended with \(result.status): \(result.errors)\(result.text)")
  }
  return result
}

private func unnamedFile(holding bytes: [UInt8]) throws -> Int32 {
  var template = Array("/tmp/wasmstore-process-XXXXXX".utf8CString)
  let file = mkstemp(&template)
  _ = fcntl(file, F_SETFD, FD_CLOEXEC)
  unlink(template)
  guard file >= 0 else { throw ProcessError(description: "cannot make an unnamed file") }
  var position = 0
  while position < bytes.count {
    let count = bytes[position...].withUnsafeBytes { write(file, $0.baseAddress, $0.count) }
    guard count > 0 else { throw ProcessError(description: "cannot fill an unnamed file") }
    position += count
  }
  lseek(file, 0, SEEK_SET)
  return file
}

private func contents(of file: Int32) -> [UInt8] {
  var status = stat()
  fstat(file, &status)
  let size = Int(status.st_size)
  return [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
    while count < size {
      let step = pread(file, buffer.baseAddress?.advanced(by: count), size - count, off_t(count))
      if step <= 0 { break }
      count += step
    }
  }
}

private func withStrings<Result>(
  _ strings: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
) -> Result {
  let copies = strings.map { strdup($0) }
  defer { copies.forEach { free($0) } }
  return body(copies + [nil])
}

/// Reads a whole file.
///
/// - Throws: `ProcessError` when it cannot be opened.
public func contents(ofFile path: String) throws -> [UInt8] {
  let file = open(path, O_RDONLY | O_CLOEXEC)
  guard file >= 0 else {
    throw ProcessError(description: "cannot open \(path): \(String(cString: strerror(errno)))")
  }
  defer { close(file) }
  return contents(of: file)
}
