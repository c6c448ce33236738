internal import ByteText
internal import EdgeRouting

/// What the host calls: it gives bytes with `input`, calls what is to be done with them, and takes the answer, JSON, from
/// `output`. What is called returns the length of the answer.
///
/// An instance has one thread, so these are used by one call at a time.
nonisolated(unsafe) var input = Input(memory: Memory(), bytes: .none)
// As above.
nonisolated(unsafe) private var server: EdgeServer?
// As above.
nonisolated(unsafe) let answer = TextWriter()

/// What the host gave last.
struct Input {
  /// What owns the bytes.
  let memory: Memory
  let bytes: Bytes
}

/// Makes room for bytes, and returns their address.
@_expose(wasm, "input") @_cdecl("edge_input")
func makeInput(_ count: Int32) -> Int {
  let memory = Memory()
  let room = memory.room(Int(count))
  input = Input(memory: memory, bytes: Bytes(room, Int(count)))
  return Int(bitPattern: room)
}

/// The address of the answer to the last call.
@_expose(wasm, "output") @_cdecl("edge_output")
func output() -> Int { answer.address }

/// Takes the variables of the Worker, as a JSON object.
@_expose(wasm, "configure") @_cdecl("edge_configure")
func configure() -> Int {
  let digester = SHA256()
  server = EdgeServer(EdgeSettings(input.bytes, digester), digester, telling: answer)
  answer.clear()
  answer.append("null")
  return answer.bytes.count
}

/// Takes a request at a moment, in milliseconds since 1970.
@_expose(wasm, "begin") @_cdecl("edge_begin")
func begin(_ now: Double) -> Int {
  server?.begin(input.bytes, in: input.memory, now: Int64(now))
  return answer.bytes.count
}

/// Takes the outcome of a step of a request: 0 for nothing there, 1 for what was given, 2 for a failure.
@_expose(wasm, "resume") @_cdecl("edge_resume")
func resume(_ exchange: Double, _ outcome: Int32, _ now: Double) -> Int {
  let result: EdgeServer.Outcome = outcome == 1 ? .present : outcome == 0 ? .absent : .failed
  server?.resume(Int64(exchange), result, input.bytes, in: input.memory, now: Int64(now))
  return answer.bytes.count
}
