import Glibc
import NATSCore
import NATSJetStream
import NATSKeyValue
import NATSObjectStore
import NIOCore

/// Does over a connection what `scripts/bench nats` has each client do: `nats-measuring URL BUCKET`.
///
/// Each line of the standard input is a command with numbers, and is answered by a line of numbers: seconds, and counts.
@main struct Measuring {
  let store: KeyValueStore
  let objects: ObjectStore

  static func main() async throws {
    let words = CommandLine.arguments
    let jetStream = JetStream(try await NATSClient.connect(NATSOptions(urls: words[1])))
    var bucket = ObjectStore.Configuration(bucket: words[2])
    bucket.storage = .file
    let measuring = Measuring(
      store: try await jetStream.createKeyValueStore(KeyValueConfiguration(bucket: words[2])),
      objects: try await ObjectStore.create(bucket, in: jetStream))
    while let line = readLine() {
      let fields = line.split(separator: " ")
      let answer = try await measuring.run(fields[0], fields.dropFirst().compactMap { Int($0) })
      print(answer.map { "\($0)" }.joined(separator: " "))
      fflush(nil)
    }
  }

  private func run(_ command: Substring, _ numbers: [Int]) async throws -> [Double] {
    switch command {
    case "put": try await put(count: numbers[0], size: numbers[1])
    case "get": try await get(count: numbers[0])
    case "pipelined": try await pipelined(count: numbers[0], size: numbers[1])
    case "keys": try await keys()
    case "scan": try await scan()
    case "object-put": try await putObject(size: numbers[0])
    case "object-get": try await getObject()
    default: []
    }
  }

  private func put(count: Int, size: Int) async throws -> [Double] {
    let value = ByteBuffer(repeating: 0x78, count: size)
    var times: [Double] = []
    for number in 0..<count {
      let key = "k\(number)"
      times.append(try await seconds { try await store.put(key, value) })
    }
    return percentiles(times)
  }

  private func get(count: Int) async throws -> [Double] {
    var times: [Double] = []
    for number in 0..<count {
      let key = "k\(number)"
      times.append(try await seconds { _ = try await store.get(key) })
    }
    return percentiles(times)
  }

  private func pipelined(count: Int, size: Int) async throws -> [Double] {
    let value = ByteBuffer(repeating: 0x78, count: size)
    return [
      try await seconds {
        let writer = store.writer(limit: 512)
        for number in 0..<count { try await writer.put("k\(number)", value) }
        try await writer.finish()
      }
    ]
  }

  private func keys() async throws -> [Double] {
    var count = 0
    let time = try await seconds { count = try await store.keys().count }
    return [time, Double(count)]
  }

  private func scan() async throws -> [Double] {
    var (count, bytes) = (0, 0)
    let time = try await seconds {
      for try await entry in try await store.entries() {
        count += 1
        bytes += entry.value.readableBytes
      }
    }
    return [time, Double(count), Double(bytes)]
  }

  private func putObject(size: Int) async throws -> [Double] {
    let bytes = ByteBuffer(repeating: 0x78, count: size)
    return [try await seconds { try await objects.put(ObjectMetadata(name: "o"), bytes) }]
  }

  private func getObject() async throws -> [Double] {
    var count = 0
    let time = try await seconds { count = try await objects.get("o").bytes.readableBytes }
    return [time, Double(count)]
  }

  /// How long something takes, in seconds.
  private func seconds(_ body: () async throws -> Void) async throws -> Double {
    let began = ContinuousClock.now
    try await body()
    return (ContinuousClock.now - began) / .seconds(1)
  }

  /// The median, and the value that 99 of 100 do not exceed.
  private func percentiles(_ times: [Double]) -> [Double] {
    let sorted = times.sorted()
    return [sorted[sorted.count / 2], sorted[sorted.count * 99 / 100]]
  }
}
