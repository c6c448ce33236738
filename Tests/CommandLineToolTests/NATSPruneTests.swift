import Identifiers
import KVSync
import ModuleStore
import NATSCore
import NATSJetStream
import NATSObjectStore
import NATSTesting
import NIOCore
import Testing

@testable import CommandLineTool

@Suite("Pruning on NATS", .ownThreads) struct NATSPruneTests {
  /// The number of objects in the list of the Python client.
  private func objects(_ site: NATSSite) throws -> Int {
    String(decoding: try site.peer.run("objects", "SITE"), as: UTF8.self).split(separator: "\n").count
  }

  private func prune(_ site: NATSSite, isDryRun: Bool, grace: Int64) throws -> Pruner.Outcome {
    var request = Pruner.Request { _ in }
    (request.keptRevisions, request.isDryRun, request.grace) = (2, isDryRun, grace)
    return try Pruner(site.target, request, Work()).prune()
  }

  @Test func `the last versions stay, and the rest goes with what interrupted publishes left`() async throws {
    let site = try await NATSSite()
    for number in 0..<5 {
      try site.write(["same.txt": "same", "a.txt": "a\(number)", "b.txt": "b\(number / 4)"])
      try site.publish()
    }
    let store = try await site.values.buckets.objects()
    for _ in 0..<3 { _ = try await store.jetStream.publish("$O.SITE.C.LEFT", ByteBuffer(string: "part")) }
    // Contents: same, five of a, two of b; and for each version a root and a shard.
    #expect(try objects(site) == 8 + 10)
    // All values are younger than the grace.
    let young = try prune(site, isDryRun: false, grace: 3_600)
    #expect(young.deleted.isEmpty && young.leftovers == 0)
    let planned = try prune(site, isDryRun: true, grace: -60)
    #expect(planned.deleted.count == 3 + 6 && planned.leftovers == 1)
    #expect(try objects(site) == 18)
    let outcome = try prune(site, isDryRun: false, grace: -60)
    #expect(Set(outcome.deleted) == Set(planned.deleted) && outcome.leftovers == 1)
    #expect(outcome.floors.map(\.floor) == [4])
    #expect(try objects(site) == 9)
    // Kept versions are complete, and a rollback to them works; a rollback to a discarded one fails.
    let branch = PublishedBranch(NATSSite.name, in: site.target.heads)
    #expect(throws: PublishError.belowFloor("default/main", revision: 3)) {
      try branch.rollback(to: 3, by: "zoe")
    }
    let back = try branch.rollback(to: 4, by: "zoe")
    let rows = try PublishedManifest(site.target.values, cache: nil).rows(of: back.manifest)
    #expect(rows.map { String(decoding: $0.path, as: UTF8.self) } == ["a.txt", "b.txt", "same.txt"])
    for row in rows {
      #expect(try site.peer.run("get_object", "SITE", "b/" + row.digest.hex).count == row.size)
    }
    var scan = try await store.jetStream.scan(store.stream)
    var parts: [String: Int] = [:]
    while let delivery = try await scan.next() { parts[delivery.message.subject, default: 0] += 1 }
    #expect(parts["$O.SITE.C.LEFT"] == nil)
    // Nothing more is deleted.
    #expect(try prune(site, isDryRun: false, grace: -60).deleted.isEmpty)
  }
}
