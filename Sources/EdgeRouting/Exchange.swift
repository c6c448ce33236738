internal import ByteText

/// A request and the known parts of its answer.
final class Exchange {
  /// Its number, which is unique in the instance.
  let number: Int64
  /// The time of its arrival, in milliseconds since 1970.
  let start: Int64
  let request: EdgeRequest
  let memory: Memory
  /// The step that the host was told to do.
  var asked: Step?
  /// The time when the host was told, in milliseconds since 1970.
  var askedAt: Int64 = 0
  /// The number of steps so far.
  var stepCount = 0
  /// The head used for the answer, once it is known.
  var head: PublishedHead?
  /// Whether the head is the newest one.
  var isCurrent = true
  /// Whether the object could not be reached.
  var hasFailed = false
  /// Whether the head was searched for in the location's cache.
  var hasMatched = false
  /// The values that were read for it.
  private var values: Linked<CachedValue>?
  /// The values that could not be read, and the contents with such a value.
  private var missing: Linked<Digest>?
  /// The metadata of a content that is requested by its digest; no bytes until they were read.
  var metadata = Bytes.none
  /// A head to store in the location's cache.
  var kept = Bytes.none
  /// The possible paths of the requested file, in this order.
  var sought: Linked<SoughtPath>?

  /// The maximum number of steps of a request; a path may be searched for in eight manifests.
  static let stepLimit = 100

  /// Parses the text of a request, which `memory` owns.
  init(_ number: Int64, _ text: Bytes, in memory: Memory, now: Int64) {
    self.number = number
    self.memory = memory
    start = now
    request = EdgeRequest(text)
    var place = 0
    while let digest = Digest(hexadecimal: request["missing"].item(&place)) { miss(digest) }
  }

  /// Sets the possible paths: as in the request, then without escapes, then as a folder's page.
  func seek(_ scratch: TextWriter) {
    guard sought == nil else { return }
    var start = 0
    while request.path[start] == 0x2f { start &+= 1 }
    let path = request.path.from(start)
    scratch.clear()
    let isEscaped = path.first(0x25) < path.count && scratch.append(unescaped: path)
    let plain = isEscaped ? memory.copy(scratch.bytes) : path
    scratch.clear()
    scratch.append(plain)
    scratch.append(plain.isEmpty || plain[plain.count &- 1] == 0x2f ? "index.html" : "/index.html")
    let page = memory.copy(scratch.bytes)
    func seek(_ path: Bytes) {
      sought = Linked(SoughtPath(path), before: sought)
    }
    seek(page)
    if isEscaped { seek(plain) }
    if !path.isEmpty { seek(path) }
  }

  /// Whether the path could be handled by a single-page application: it does not look like a file.
  var couldBePage: Bool {
    let name = request.path.from(request.path.last(0x2f) &+ 1)
    let dot = name.last(0x2e)
    return dot < 0 || name.from(dot &+ 1).equals(ignoringCase: "html")
  }

  @inline(never)
  func isMissing(_ digest: Digest) -> Bool {
    var next = missing
    while let one = next {
      if one.value == digest { return true }
      next = one.next
    }
    return false
  }

  /// Records that a value or content could not be read.
  func miss(_ digest: Digest) { missing = Linked(digest, before: missing) }

  /// The value with a digest; nil if it was not read.
  func value(_ digest: Digest) -> Bytes? {
    var next = values
    while let one = next {
      if one.value.digest == digest { return one.value.bytes }
      next = one.next
    }
    return nil
  }

  /// Keeps a value until the request is answered.
  func keep(_ value: CachedValue) { values = Linked(value, before: values) }
}
