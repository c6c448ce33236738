import ByteText
import Identifiers
import JSONText
import KVSync
import ModuleStore

import EdgeRouting

/// A Worker whose namespace and object are in memory. It notes what the Worker reads.
final class Site {
  var values: [String: [UInt8]] = [:]
  var metadata: [String: String] = [:]
  /// The answer of the object; nil where it is out of reach.
  var head: String?
  var cache: [String: String] = [:]
  var now: Int64 = 1_800_000_000_000
  /// What was read since it was emptied.
  var reads: [String] = []
  private let output = TextWriter()
  private let server: EdgeServer

  init(_ variables: [String: String] = ["HEADS": "bound", "HEAD_CACHE_SECONDS": "0"]) {
    let (memory, digester) = (Memory(), SHA256())
    let records = variables.map { "\($0.key):\($0.value)\0" }.joined()
    server = EdgeServer(
      EdgeSettings(memory.copy(of: Array(records.utf8)), digester), digester, telling: output)
  }

  struct Response {
    var status = 0
    var headers: [String: String] = [:]
    var body: [UInt8] = []
    /// Whether the body has the bytes that were announced.
    var isWhole = true
    var text: String { String(decoding: body, as: UTF8.self) }
    var revision: String? { headers["x-wasmstore-revision"] }
  }

  /// A file of a version.
  struct File {
    var content: [UInt8]
    var type = "text/plain"
    var modified: UInt64 = 1_611_360_000
  }

  /// Stores the values of a version, and returns the digest of its root.
  func store(_ files: [String: File], chunked: Int = .max) throws -> String {
    var rows: [ManifestRow] = []
    for (path, file) in files {
      let digest = ModuleDigest(of: file.content)
      let chunks = file.content.count > chunked ? (file.content.count + (16 << 20) - 1) >> 24 : 0
      rows.append(
        ManifestRow(
          path: Array(path.utf8), digest: digest, size: UInt64(file.content.count), modified: file.modified,
          type: file.type, chunks: UInt32(chunks)))
      metadata["b/" + digest.hex] = #"{"t":1,"s":\#(file.content.count),"ct":"\#(file.type)","n":\#(chunks)}"#
      guard chunks > 0 else {
        values["b/" + digest.hex] = file.content
        continue
      }
      var list: [UInt8] = []
      for start in stride(from: 0, to: file.content.count, by: 16 << 20) {
        let chunk = Array(file.content[start..<min(start + 16 << 20, file.content.count)])
        list += ModuleDigest(of: chunk).bytes
        values["c/" + ModuleDigest(of: chunk).hex] = chunk
      }
      values["b/" + digest.hex] = list
    }
    let draft = try ManifestDraft(of: rows)
    values["m/" + draft.rootValue.digest.hex] = draft.rootValue.bytes
    for shard in draft.newShards.values { values["s/" + shard.digest.hex] = shard.bytes }
    return draft.rootValue.digest.hex
  }

  /// Lets the head have revisions, the oldest first.
  func publish(_ entries: [(manifest: String, age: Int64, isBarrier: Bool)]) {
    let seconds = now / 1_000
    let items = entries.enumerated().reversed().map { place, entry in
      #"{"at":\#(seconds - entry.age),"barrier":\#(entry.isBarrier),"manifest":"\#(entry.manifest)","revision":\#(place + 1)}"#
    }
    head =
      #"{"entries":[\#(items.joined(separator: ","))],"epoch":0,"floor":0,"now":\#(seconds),"prune_until":0}"#
  }

  func get(_ path: String, _ fields: [String: String] = [:]) -> Response { ask("GET", path, fields) }

  func ask(_ method: String, _ path: String, _ fields: [String: String] = [:]) -> Response {
    var text = "\(method) https://site.example\(path)\n"
    for (name, value) in fields { text += "\(name):\(value)\n" }
    var (missing, described) = ("", Set<String>())
    var memory = Memory()
    server.begin(memory.copy(of: Array(text.utf8)), in: memory, now: now)
    while true {
      let told = output.bytes
      let step = JSONValue(parsing: (0..<told.count).map { told[$0] }) ?? .null
      if let keep = step["keep"], let url = keep["url"]?.text { cache[url] = keep["text"]?.text }
      let word = step["do"]?.text ?? ""
      if word == "respond" {
        // The first value of the body is opened; without it the request starts again.
        var keys: [String] = []
        if case .array(let parts)? = step["parts"] { keys = parts.compactMap { $0["key"]?.text } }
        guard let first = keys.first, !described.contains(first) else { return response(step) }
        reads.append("open \(first)")
        guard values[first] == nil else { return response(step) }
        missing += " " + (step["content"]?.text ?? "")
        memory = Memory()
        server.begin(memory.copy(of: Array("\(text)missing:\(missing)\n".utf8)), in: memory, now: now)
        continue
      }
      var outcome = EdgeServer.Outcome.absent
      var bytes: [UInt8] = []
      let key = step["key"]?.text ?? ""
      reads.append(word == "head" || word == "match" || word == "forward" ? word : "\(word) \(key)")
      switch word {
      case "head":
        outcome = head == nil ? .failed : .present
        bytes = Array((head ?? "").utf8)
      case "match":
        if let found = cache[step["url"]?.text ?? ""] { (outcome, bytes) = (.present, Array(found.utf8)) }
      case "get": if let found = values[key] { (outcome, bytes) = (.present, found) }
      case "describe", "list":
        if word == "describe" { described.insert(key) }
        if values[key] != nil { (outcome, bytes) = (.present, Array((metadata[key] ?? "").utf8)) }
      default: outcome = .failed
      }
      memory = Memory()
      server.resume(step["exchange"]?.number ?? 0, outcome, memory.copy(of: bytes), in: memory, now: now)
    }
  }

  private func response(_ step: JSONValue) -> Response {
    var response = Response(status: Int(step["status"]?.number ?? 0))
    if case .object(let fields)? = step["headers"] {
      for (name, value) in fields { response.headers[name] = value.text }
    }
    response.body = Array((step["text"]?.text ?? "").utf8)
    guard case .array(let parts)? = step["parts"] else { return response }
    for part in parts {
      if let text = part.text {
        response.body += Array(text.utf8)
      } else if let key = part["key"]?.text, let from = part["from"]?.number,
        let count = part["count"]?.number
      {
        // Where a row lies about the size, the body breaks off.
        response.body += (values[key] ?? []).dropFirst(Int(clamping: from)).prefix(Int(clamping: count))
      }
    }
    response.isWhole = step["count"]?.number == Int64(response.body.count)
    return response
  }
}

extension Memory {
  /// Copies an array into it.
  func copy(of array: [UInt8]) -> Bytes {
    let place = room(array.count)
    for (offset, byte) in array.enumerated() { place[offset] = byte }
    return Bytes(place, array.count)
  }
}
