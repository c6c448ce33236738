internal import ByteText
internal import EdgeRouting

// What the host calls: it gives bytes with `input`, calls what is to be done with them, and takes the answer, JSON, from
// `output`. What is called returns the length of the answer.

// An instance has one thread, so these are used by one call at a time.
nonisolated(unsafe) private var memory: Memory?
// As above.
nonisolated(unsafe) private var given: Bytes?
// As above.
nonisolated(unsafe) private var server: EdgeServer?

/// Makes room for bytes, and returns their address.
@_expose(wasm, "input") @_cdecl("edge_input")
func makeInput(_ size: Int) -> Int {
  let made = Memory()
  let room = made.room(size)
  (memory, given) = (made, Bytes(room, size))
  return Int(bitPattern: room)
}

/// What the host gave last.
private var input: Bytes { given ?? .none }

/// The address of the answer to the last call.
@_expose(wasm, "output") @_cdecl("edge_output")
func output() -> Int { server?.output.address ?? 0 }

/// Takes the variables of the Worker. It has no answer.
@_expose(wasm, "configure") @_cdecl("edge_configure")
func configure() {
  let digester = SHA256()
  server = EdgeServer(EdgeSettings(input, digester), digester, telling: TextWriter())
}

/// Takes a request at a moment, in milliseconds since 1970.
@_expose(wasm, "begin") @_cdecl("edge_begin")
func begin(_ now: Int64) -> Int {
  guard let server, let memory else { return 0 }
  server.begin(input, in: memory, now: now)
  return server.output.bytes.count
}

/// Takes the outcome of a step of a request: 0 for nothing there, 1 for what was given, 2 for a failure.
@_expose(wasm, "resume") @_cdecl("edge_resume")
func resume(_ exchange: Int64, _ outcome: Int32, _ now: Int64) -> Int {
  guard let server, let memory else { return 0 }
  let result: EdgeServer.Outcome = outcome == 1 ? .present : outcome == 0 ? .absent : .failed
  server.resume(exchange, result, input, in: memory, now: now)
  return server.output.bytes.count
}
