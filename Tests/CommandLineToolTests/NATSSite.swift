import Dispatch
import JSONText
import KVSync
import ModuleStore
import NATSCore
import NATSJetStream
import NATSKeyValue
import NATSTesting
import NIOCore
import Support
import SystemPackage
import Testing

@testable import CommandLineTool

/// A folder that is published to a NATS server, in the bucket `SITE`.
final class NATSSite {
  let server: NATSServer
  let client: NATSClient
  let folder: TemporaryFolder
  let peer: NATSPeer
  let target: PublishTarget
  let values: NATSValues

  static let name = HeadName(store: "default", branch: "main")

  init(_ settings: String = "", program: String? = nil) async throws {
    server = try NATSServer(settings, program: program)
    client = try await NATSClient.connect(server.options)
    folder = try TemporaryFolder()
    peer = NATSPeer(server)
    values = NATSValues(NATSBuckets(JetStream(client), "SITE", making: true))
    target = PublishTarget(values: values, heads: NATSHeads(values.buckets))
  }

  /// Replaces all files by others.
  func write(_ files: [String: String]) throws {
    try run(["rm", "-rf", folder.path + "/site"])
    let site = FilePath(folder.path).appending("site")
    let folders = Set(files.keys.map { site.appending($0).removingLastComponent().string })
    try run(["mkdir", "-p", site.string] + folders.sorted())
    for (name, text) in files {
      let file = try FileDescriptor.open(
        site.appending(name), .writeOnly, options: [.create, .closeOnExec], permissions: .ownerReadWrite)
      try file.closeAfter { _ = try file.writeAll(text.utf8) }
    }
    try run(["find", folder.path + "/site", "-exec", "touch", "-d", "@1700000000", "{}", "+"])
  }

  private var cache: ManifestCache { ManifestCache(in: FilePath(folder.path).appending("cache")) }

  @discardableResult
  func publish() throws -> Publisher.Outcome {
    var request = Publisher.Request { _ in }
    request.isForced = true
    let source = try FolderSource(
      AssetFolder(FilePath(folder.path).appending("site")), as: .main, by: "zoe", Work())
    return try Publisher(source, to: target, cache: cache, request).publish()
  }

  func mirror(_ change: (inout NATSMirror.Request) -> Void = { _ in }) throws -> NATSMirror {
    var request = NATSMirror.Request(bucket: "PATHS")
    change(&request)
    return try NATSMirror(request, of: target, NATSSite.name, cache: cache, Work())
  }

  /// Updates the mirror to the published revision.
  @discardableResult
  func reflect(_ change: (inout NATSMirror.Request) -> Void = { _ in }) throws -> NATSMirror.Outcome {
    let mirror = try mirror(change)
    return try mirror.write(mirror.open())
  }

  /// All keys of the mirror except the head, with their values, as read by the Python client.
  func peerValues() throws -> [String: String] {
    let keys = String(decoding: try peer.run("keys", "PATHS"), as: UTF8.self).split(separator: "\n")
    var values: [String: String] = [:]
    for key in keys.map(String.init) where key != "_wasmstore.head" {
      values[key] = String(decoding: try peer.run("get_value", "PATHS", key), as: UTF8.self)
    }
    return values
  }

  /// The head of the mirror, as read by the Python client.
  func peerHead() throws -> JSONValue {
    try #require(JSONValue(parsing: peer.run("get_value", "PATHS", "_wasmstore.head")))
  }
}

/// Runs the tests of a suite on separate threads, because the tested code blocks the calling thread.
struct OwnThreads: SuiteTrait, TestScoping {
  private final class Threads: TaskExecutor {
    private let queue = DispatchQueue(label: "tests", attributes: .concurrent)

    func enqueue(_ job: consuming ExecutorJob) {
      let job = UnownedJob(job)
      queue.async { job.runSynchronously(on: self.asUnownedTaskExecutor()) }
    }
  }

  func provideScope(
    for test: Test, testCase: Test.Case?, performing body: @Sendable @concurrent () async throws -> Void
  ) async throws {
    try await withTaskExecutorPreference(Threads()) { try await body() }
  }
}

extension Trait where Self == OwnThreads {
  static var ownThreads: Self { Self() }
}
