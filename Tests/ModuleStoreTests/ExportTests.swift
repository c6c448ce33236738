import Support
import SystemPackage
import Testing

@testable import ModuleStore

@Suite("Exporting and importing")
struct ExportTests {
  let test: TestStore

  init() throws { test = try TestStore() }

  private var target: FilePath { FilePath(test.folder.path).appending("target") }

  @Test("a gc deletes nothing of what is exported just now")
  func besideCollection() throws {
    try test.add("0", at: "a")
    let first = try test.open().existingHead()
    try test.add("1", at: "a")
    var request = ExportRequest()
    request.revision = first.hex
    let store = try test.open()
    let files = try store.filesToExport(request)
    // Only the pin names the first commit now.
    var collection = CollectionRequest()
    collection.expiresNow = true
    _ = try test.open().collectGarbage(collection)
    let result = try store.export(files, to: target)
    #expect(result.files == 1)
    #expect(
      try contents(ofFile: target.appending("a").string) == WasmBuilder.sampleModule(text: "0"))
  }

  @Test("what plain git keeps as a delta is exported too")
  func deltas() throws {
    let text = String(repeating: "a long text that is the same in all of them; ", count: 400)
    for number in 0..<8 { try test.add(text + "\(number)", at: "m\(number)") }
    try test.git("repack", "-a", "-d", "-f", "--quiet")
    let store = try test.open()
    let result = try store.export(store.filesToExport(ExportRequest()), to: target)
    #expect(result.files == 8)
    for number in 0..<8 {
      let bytes = try contents(ofFile: target.appending("m\(number)").string)
      #expect(bytes == WasmBuilder.sampleModule(text: text + "\(number)"))
    }
  }

  @Test("a folder that was exported and is imported changes nothing; what was taken out of it goes")
  func thereAndBack() throws {
    for path in ["a", "b/c", "b/d/e"] { try test.add(path, at: path) }
    let store = try test.open()
    _ = try store.export(store.filesToExport(ExportRequest()), to: target)
    var request = ImportRequest(.folder(target))
    request.prunes = true
    #expect(try store.importModules(request).commit == nil)
    try run(["rm", "-r", target.appending("b/d").string])
    let result = try store.importModules(request)
    #expect(result.changes.map { "\($0.kind.rawValue) \($0.path)" } == ["removed /b/d/e"])
    #expect(try store.list(ListRequest()).map(\.path.spelled) == ["/a", "/b/c"])
  }
}
