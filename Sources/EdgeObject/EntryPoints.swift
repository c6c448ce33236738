internal import ByteText
internal import EdgeHeads

// The functions that the host calls: it passes bytes with `input`, calls `heads`, and reads the answer from `output`: a
// line with a status and header fields as JSON, then the body. `heads` returns the length of the answer.

@_extern(wasm, module: "storage", name: "execute") @_extern(c)
private func execute(_ statement: Int, _ statementCount: Int, _ values: Int, _ valuesCount: Int)

// An instance has one thread, so these are used by one call at a time.
nonisolated(unsafe) private var memory: Memory?
// As above.
nonisolated(unsafe) private var given: Bytes?
// As above.
nonisolated(unsafe) private var service: HeadService<ObjectStorage>?

/// The storage of this instance's object. The host passes the rows in the same way as other bytes.
final class ObjectStorage: HeadStorage {
  func execute(_ statement: StaticString, _ values: Bytes) -> Bytes {
    EdgeObject.execute(
      Int(bitPattern: statement.utf8Start), statement.utf8CodeUnitCount, values.address, values.count)
    return input
  }
}

/// Allocates bytes, and returns their address.
@_expose(wasm, "input") @_cdecl("object_input")
func makeInput(_ size: Int) -> Int {
  let made = Memory()
  let room = made.room(size)
  (memory, given) = (made, Bytes(room, size))
  return Int(bitPattern: room)
}

/// The bytes that the host passed last.
private var input: Bytes { given ?? .none }

/// The address of the answer to the last call.
@_expose(wasm, "output") @_cdecl("object_output")
func output() -> Int { service?.output.address ?? 0 }

/// Answers a request for heads, in a transaction of the host.
@_expose(wasm, "heads") @_cdecl("object_heads")
func heads(_ now: Int64) -> Int {
  let service = service ?? HeadService(ObjectStorage(), telling: TextWriter())
  EdgeObject.service = service
  guard let owner = memory else { return 0 }
  service.answer(input, in: owner, now: now)
  return service.output.bytes.count
}
