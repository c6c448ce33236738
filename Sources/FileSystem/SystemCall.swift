internal import Glibc
internal import SystemPackage

/// Runs a system call, and repeats it if a signal interrupts it.
///
/// `errno` is read here, directly after the call, because any code in between could change it.
@discardableResult
func call<Value: SignedInteger>(_ body: () -> Value) throws(Errno) -> Value {
  while true {
    let value = body()
    if value >= 0 { return value }
    let code = errno
    if code != EINTR { throw Errno(rawValue: code) }
  }
}

/// Runs a system call, repeats it if a signal interrupts it, and names the action and the file in the error.
@discardableResult
func call<Value: SignedInteger>(
  _ action: StaticString, _ path: FilePath, _ body: () -> Value
) throws(FileError) -> Value {
  do throws(Errno) { return try call(body) } catch { throw FileError("\(action)", path, error) }
}

/// Runs code that throws only the system's reason, and names the action and the file in the error.
func naming<Result: ~Copyable>(
  _ action: StaticString, _ path: FilePath, _ body: () throws(Errno) -> Result
) throws(FileError) -> Result {
  do throws(Errno) { return try body() } catch { throw FileError("\(action)", path, error) }
}
