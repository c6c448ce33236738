internal import ByteText
internal import EdgeRouting

// The functions that the host calls: it passes bytes with `input`, calls a function for them, and reads the answer,
// JSON, from `output`. The function returns the length of the answer.

// An instance has one thread, so these are used by one call at a time.
nonisolated(unsafe) private var memory: Memory?
// As above.
nonisolated(unsafe) private var given: Bytes?
// As above.
nonisolated(unsafe) private var server: EdgeServer?

/// Allocates bytes, and returns their address.
@_expose(wasm, "input") @_cdecl("edge_input")
func makeInput(_ size: Int) -> Int {
  let made = Memory()
  let room = made.room(size)
  (memory, given) = (made, Bytes(room, size))
  return Int(bitPattern: room)
}

/// The bytes that the host passed last.
private var input: Bytes { given ?? .none }

/// The address of the answer to the last call.
@_expose(wasm, "output") @_cdecl("edge_output")
func output() -> Int { server?.output.address ?? 0 }

/// Sets the variables of the Worker. There is no answer.
@_expose(wasm, "configure") @_cdecl("edge_configure")
func configure() {
  let digester = SHA256()
  server = EdgeServer(EdgeSettings(input, digester), digester, telling: TextWriter())
}

/// Starts a request at a time, in milliseconds since 1970.
@_expose(wasm, "begin") @_cdecl("edge_begin")
func begin(_ now: Int64) -> Int {
  guard let server, let memory else { return 0 }
  server.begin(input, in: memory, now: now)
  return server.output.bytes.count
}

/// Continues a request after a step: 0 if the value does not exist, 1 if it was passed, 2 after a failure.
@_expose(wasm, "resume") @_cdecl("edge_resume")
func resume(_ exchange: Int64, _ outcome: Int32, _ now: Int64) -> Int {
  guard let server, let memory else { return 0 }
  let result: EdgeServer.Outcome = outcome == 1 ? .present : outcome == 0 ? .absent : .failed
  server.resume(exchange, result, input, in: memory, now: now)
  return server.output.bytes.count
}
