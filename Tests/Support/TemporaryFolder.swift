internal import Glibc

/// A new folder below the system's folder for temporary files, removed with everything in it at the end.
public final class TemporaryFolder: Sendable {
  /// The folder's absolute path.
  public let path: String

  /// Makes the folder.
  public init() throws {
    var template = Array("/tmp/wasmstore-test-XXXXXX".utf8CString)
    guard mkdtemp(&template) != nil else { throw ProcessError(description: "cannot make a temporary folder") }
    path = template.withUnsafeBufferPointer { buffer in
      String(decoding: buffer.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
    }
  }

  deinit {
    _ = try? run(["rm", "-rf", path])
  }

  /// The names of all files below the folder, relative to it, in order; folders are left out.
  public func files(below folder: String = "") -> [String] {
    let start = folder.isEmpty ? path : path + "/" + folder
    guard let lines = try? run(["find", start, "-type", "f", "-printf", "%P\\n"]).text else { return [] }
    return lines.split(separator: "\n").map(String.init).sorted()
  }
}
