internal import ByteText
internal import EdgeHeads

@_extern(wasm, module: "storage", name: "execute") @_extern(c)
private func execute(_ address: Int, _ count: Int)

/// The storage of the object whose instance this is. The host gives the rows as it gives all bytes.
final class ObjectStorage: HeadStorage {
  func execute(_ statement: Bytes) -> Bytes {
    EdgeWorker.execute(statement.address, statement.count)
    return input.bytes
  }
}

// An instance has one thread, so it is used by one call at a time.
nonisolated(unsafe) private var service: HeadService<ObjectStorage>?

/// Answers a request for heads, in a transaction of the host.
@_expose(wasm, "heads") @_cdecl("edge_heads")
func heads(_ now: Double) -> Int {
  let service = service ?? HeadService(ObjectStorage(), telling: answer)
  EdgeWorker.service = service
  let (bytes, memory) = (input.bytes, input.memory)
  service.answer(bytes, in: memory, now: Int64(now))
  return answer.bytes.count
}
