import Catalog
import Support
import SystemPackage
import Testing

@Suite struct BlobFactsTests {
  let folder: TemporaryFolder
  let catalog: ModuleCatalog

  init() throws {
    folder = try TemporaryFolder()
    catalog = try ModuleCatalog(at: FilePath(folder.path).appending("catalog-1.db"), writable: true)
  }

  private func facts(_ byte: UInt8, description: [UInt8]?) -> BlobFacts {
    BlobFacts(
      blob: [UInt8](repeating: byte, count: 20), digest: [UInt8](repeating: byte, count: 32), size: Int(byte),
      kind: .core, problem: nil, description: description)
  }

  @Test func theDescriptionIsReadOnlyWhereItIsAskedFor() throws {
    let module = facts(1, description: [7, 8, 9])
    try catalog.record(module)
    #expect(try catalog.facts(ofBlob: module.blob) == facts(1, description: nil))
    #expect(try catalog.facts(ofBlob: module.blob, .description) == module)
    let digest = try #require(module.digest)
    #expect(try catalog.facts(ofDigests: digest, through: digest) == [facts(1, description: nil)])
  }

  @Test func aDescriptionIsReplacedAndNeverLost() throws {
    try catalog.record(facts(1, description: [1]))
    try catalog.record(facts(1, description: [2]))
    try catalog.record(facts(1, description: nil))
    #expect(try catalog.facts(ofBlob: facts(1, description: nil).blob, .description)?.description == [2])
    #expect(try catalog.counts().modules == 1)
  }

  /// One of 40 is looked up by itself; for all of them the whole table is read.
  @Test(arguments: [[UInt8](5..<6), [UInt8](1...40)], [FactsDetail.summary, .description])
  func manyAreReadAtOnce(asked: [UInt8], detail: FactsDetail) throws {
    for byte in UInt8(1)...40 { try catalog.record(facts(byte, description: [byte])) }
    let blobs = asked.map { facts($0, description: nil).blob } + [[UInt8](repeating: 99, count: 20)]
    var found: [BlobFacts] = []
    try catalog.forEachFacts(ofBlobs: blobs, count: blobs.count, detail) { found.append($0) }
    let described = detail == .description
    #expect(
      Set(found) == Set(asked.map { facts($0, description: described ? [$0] : nil) }), "each exactly once")
    #expect(found.count == asked.count)
  }

  @Test func aTransactionOfReadsIsOverWhenTheyAre() throws {
    try catalog.forEachFacts(ofBlobs: [], count: 0, .summary) { _ in }
    try catalog.transaction { () throws(CatalogError) in try catalog.record(facts(1, description: nil)) }
    #expect(try catalog.counts().modules == 1)
  }
}
