internal import ByteText

/// A request and what is known of its answer so far.
final class Exchange {
  /// Its number, which no other one of the instance has.
  let number: Int64
  /// When it came, in milliseconds since 1970.
  let start: Int64
  let request: EdgeRequest
  let memory: Memory
  /// What the host was told to do.
  var asked: Step?
  /// When the host was told so.
  var askedAt: Int64 = 0
  /// How often the host was told to do something.
  var stepCount = 0
  /// The head by which it is answered, once it is known.
  var head: PublishedHead?
  /// Whether that is the newest one.
  var isCurrent = true
  /// Whether the object could not be reached.
  var hasFailed = false
  /// Whether the location's cache has been asked for a head.
  var hasMatched = false
  /// What was read for it.
  private var values: Linked<CachedValue>?
  /// What could not be read: values, and contents because of one of their values.
  private var missing: Linked<Digest>?
  /// The letter of the value that is open; nothing where none is.
  var opened: Bytes = ""
  /// What goes along with a content that is asked for by its digest; nothing until it was read.
  var metadata = Bytes.none
  /// A head that the location's cache is to keep.
  var kept = Bytes.none
  /// The paths that the request may mean, in this order.
  var sought: Linked<SoughtPath>?

  /// The most steps of a request; a path may have to be looked for in eight manifests.
  static let stepLimit = 100

  /// Takes the text of a request and what owns it.
  init(_ number: Int64, _ text: Bytes, in memory: Memory, now: Int64) {
    self.number = number
    self.memory = memory
    start = now
    request = EdgeRequest(text)
  }

  /// Takes the paths that the request may mean: as it stands, then without its escapes, then as a folder's page.
  func seek(_ digester: SHA256, _ scratch: TextWriter) {
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
      sought = Linked(SoughtPath(path: path, key: digester.digest(of: path)), before: sought)
    }
    seek(page)
    if isEscaped { seek(plain) }
    if !path.isEmpty { seek(path) }
  }

  /// Whether the path could be one that a single page takes care of itself: it does not look like a file.
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

  /// Notes that something could not be read.
  func miss(_ digest: Digest) { missing = Linked(digest, before: missing) }

  /// What was read for it; nil where that was not.
  func value(_ digest: Digest) -> Bytes? {
    var next = values
    while let one = next {
      if one.value.digest == digest { return one.value.bytes }
      next = one.next
    }
    return nil
  }

  /// Keeps a value until it is answered.
  func keep(_ value: CachedValue) { values = Linked(value, before: values) }
}
