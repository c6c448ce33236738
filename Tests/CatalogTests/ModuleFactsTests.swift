import Catalog
import Identifiers
import SQLite
import Support
import SystemPackage
import Testing

@Suite struct ModuleFactsTests {
  let folder: TemporaryFolder
  let catalog: ModuleCatalog

  init() throws {
    folder = try TemporaryFolder()
    catalog = try ModuleCatalog(at: FilePath(folder.path).appending("catalog-1.db"), writable: true)
  }

  private func blob(_ byte: UInt8) -> ObjectID {
    ObjectID(bytes: [UInt8](repeating: byte, count: 20)) ?? .zero
  }

  private func module(_ byte: UInt8, description: [UInt8]?) -> StoredModule {
    StoredModule(
      blob: blob(byte),
      facts: ModuleFacts(
        digest: ModuleDigest(bytes: [UInt8](repeating: byte, count: 32)), size: Int(byte), kind: .core,
        problem: nil, description: description))
  }

  @Test func theDescriptionIsReadOnlyWhereItIsAskedFor() throws {
    let module = module(1, description: [7, 8, 9])
    try catalog.record(module)
    #expect(try catalog.facts(ofBlob: module.blob) == self.module(1, description: nil).facts)
    #expect(try catalog.facts(ofBlob: module.blob, .description) == module.facts)
    let digest = try #require(module.facts.digest)
    #expect(try catalog.module(withDigest: digest) == self.module(1, description: nil))
  }

  @Test(arguments: [("2", 0), ("02", 1), ("020", 1), ("1", 16), ("F", 0)])
  func digestsAreFoundByTheirFirstDigits(digits: String, count: Int) throws {
    for byte in UInt8(2)...0x1f { try catalog.record(module(byte, description: nil)) }
    let prefix = try #require(HexadecimalPrefix(digits))
    let found = try catalog.modules(withDigests: prefix)
    #expect(found.count == count)
    #expect(found.allSatisfy { $0.facts.digest.map(prefix.matches) ?? false })
    #expect(try catalog.modules(withDigests: prefix, limit: 2).count == min(2, found.count))
  }

  @Test func aNameOfTheWrongLengthIsDamage() throws {
    try catalog.record(module(1, description: nil))
    try run([
      "python3", "-c",
      "import sqlite3,sys; c = sqlite3.connect(sys.argv[1]); c.execute(\"UPDATE module SET digest = x'01'\"); c.commit()",
      catalog.path.string,
    ])
    let error = #expect(throws: DatabaseError.self) { try catalog.facts(ofBlob: blob(1)) }
    #expect(error?.code == .damaged)
  }

  @Test func aDescriptionIsReplacedAndNeverLost() throws {
    try catalog.record(module(1, description: [1]))
    try catalog.record(module(1, description: [2]))
    try catalog.record(module(1, description: nil))
    #expect(try catalog.facts(ofBlob: blob(1), .description)?.description == [2])
    #expect(try catalog.counts().modules == 1)
  }

  /// One of 40 is looked up alone; for all 40 the whole table is read.
  @Test(arguments: [[UInt8](5..<6), [UInt8](1...40)], [FactsDetail.summary, .description])
  func manyAreReadAtOnce(asked: [UInt8], detail: FactsDetail) throws {
    for byte in UInt8(1)...40 { try catalog.record(module(byte, description: [byte])) }
    let blobs = asked.map(blob) + [blob(99)]
    var found: [StoredModule] = []
    try catalog.forEachFacts(ofBlobs: blobs, count: blobs.count, detail) { found.append($0) }
    let described = detail == .description
    #expect(
      Set(found) == Set(asked.map { module($0, description: described ? [$0] : nil) }), "each exactly once")
    #expect(found.count == asked.count)
  }

  @Test func aTransactionOfReadsIsOverWhenTheyAre() throws {
    try catalog.forEachFacts(ofBlobs: [ObjectID](), count: 0, .summary) { _ in }
    try catalog.transaction { () throws(DatabaseError) in try catalog.record(module(1, description: nil)) }
    #expect(try catalog.counts().modules == 1)
  }
}
