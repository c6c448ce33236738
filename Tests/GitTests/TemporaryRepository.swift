import Support
import SystemPackage

/// A bare repository made by plain git, removed at the end.
final class TemporaryRepository: Sendable {
  let folder: TemporaryFolder

  init() throws {
    folder = try TemporaryFolder()
    try run(["git", "init", "--quiet", "--bare", "--initial-branch=main", folder.path])
  }

  var path: FilePath { FilePath(folder.path) }
  var objects: FilePath { path.appending("objects") }
  var temporary: FilePath { path.appending("tmp") }

  @discardableResult
  func git(_ arguments: String..., input: [UInt8] = []) throws -> ProcessResult {
    try run(["git", "-C", folder.path] + arguments, input: input)
  }

  /// The errors of `git fsck`, except unreachable objects.
  func complaints() throws -> [String] {
    let result = try git("fsck", "--full", "--strict", "--no-dangling")
    return (result.text + "\n" + result.errors).split(separator: "\n").map(String.init)
      .filter { !$0.hasPrefix("notice:") }
  }
}

/// Bytes that begin with a compressible part and end with an incompressible one, or have only one of them.
func sample(count: Int, seed: UInt64, compressible: Double = 0.5) -> [UInt8] {
  var generator = Generator(seed: seed)
  let split = Int(Double(count) * compressible)
  return (0..<count).map { index in
    index < split
      ? UInt8(truncatingIfNeeded: index >> 5 ^ index % 7) : UInt8.random(in: 0...255, using: &generator)
  }
}
