import JSONText
import ModuleStore
import Support
import SystemPackage
import Testing
import Wasm

@testable import CommandLineTool

@Suite("The comparison of a path in two revisions")
struct PathComparisonTests {
  /// A core module that exports a function with each name.
  private func module(exporting names: [String]) -> [UInt8] {
    var module = WasmBuilder.module()
    module.section(1, entries: [{ $0.raw(0x60, 0, 0) }])
    module.section(3, entries: [{ $0.raw(0) }])
    module.section(
      7,
      entries: names.map { name in
        {
          $0.name(name)
          $0.raw(0, 0)
        }
      })
    module.section(10, entries: [{ $0.sized([0, 0x0b]) }])
    return module.bytes
  }

  /// Compares the modules of two commits at each path that differs.
  private func comparisons(
    from old: [String: [String]], to new: [String: [String]]
  ) throws -> [String: PathComparison] {
    let folder = try TemporaryFolder()
    let store = try Store(at: FilePath(folder.path).appending("store")).connectOrCreate().session()
    var commits: [CommitID] = []
    for (number, modules) in [old, new].enumerated() {
      let sources = try modules.map { path, exports in
        let file = FilePath(folder.path).appending("\(number)-\(path)")
        let descriptor = try FileDescriptor.open(
          file, .writeOnly, options: [.create], permissions: [.ownerReadWrite])
        try descriptor.closeAfter { _ = try descriptor.writeAll(module(exporting: exports)) }
        return ModuleSource(.file(file), path: try ModulePath(path))
      }
      var request = AddRequest(sources)
      request.replaceAll(below: nil)
      _ = try store.add(request)
      commits.append(try store.resolve("@"))
    }
    var found: [String: PathComparison] = [:]
    for change in try store.diff(from: commits[0].hex, to: commits[1].hex) {
      found[change.path.spelled] = try PathComparison(change, between: commits[0], and: commits[1], in: store)
    }
    return found
  }

  @Test("is major for a module that is gone, minor for a new one, else that of the interfaces")
  func verdicts() throws {
    let found = try comparisons(
      from: ["gone": ["f"], "less": ["f", "g"], "more": ["f"], "same": ["f"]],
      to: ["new": ["f"], "less": ["f"], "more": ["f", "g"], "same": ["f"]])
    #expect(
      found.mapValues(\.verdict) == ["/gone": .major, "/less": .major, "/more": .minor, "/new": .minor])
    let texts = found.mapValues { $0.text(Style(isTerminal: false, hasColor: false)) }
    #expect(texts["/gone"] == "major\t/gone\tthe module was removed\n")
    #expect(texts["/new"] == "minor\t/new\tthe module was added\n")
    #expect(
      texts["/less"]?.hasPrefix("major\t/less\t1 export removed\n  removed\texport\tg\tmajor\t") ?? false)
    let members = found["/gone"]?.json
    #expect(members?["comparison"]?["verdict"]?.text == nil && members?["action"]?.text == "removed")
    #expect(found["/more"]?.json["comparison"]?["verdict"]?.text == "minor")
  }

  @Test("refuses an invalid module by its name")
  func invalid() throws {
    let folder = try TemporaryFolder()
    let file = FilePath(folder.path).appending("broken.wasm")
    let descriptor = try FileDescriptor.open(
      file, .writeOnly, options: [.create], permissions: [.ownerReadWrite])
    try descriptor.closeAfter { _ = try descriptor.writeAll(module(exporting: ["f"]).dropLast()) }
    let broken = try InspectedModule(reading: .file(file), name: "broken")
    let failure = #expect(throws: Failure.self) { try broken.valid }
    #expect(failure?.message == "broken: invalid module: unexpected end-of-file")
  }
}
