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
  /// The objects, as the Python client lists them.
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
    // Contents: same, five of a, two of b; and of each version a root and a shard.
    #expect(try objects(site) == 8 + 10)
    // All is younger than the grace.
    let young = try prune(site, isDryRun: false, grace: 3_600)
    #expect(young.deleted.isEmpty && young.leftovers == 0)
    let planned = try prune(site, isDryRun: true, grace: -60)
    #expect(planned.deleted.count == 3 + 6 && planned.leftovers == 1)
    #expect(try objects(site) == 18)
    let outcome = try prune(site, isDryRun: false, grace: -60)
    #expect(Set(outcome.deleted) == Set(planned.deleted) && outcome.leftovers == 1)
    #expect(outcome.floors.map(\.floor) == [4])
    #expect(try objects(site) == 9)
    // What is kept is whole, and can be gone back to; what was given up cannot.
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
    // Nothing more goes.
    #expect(try prune(site, isDryRun: false, grace: -60).deleted.isEmpty)
  }
}
