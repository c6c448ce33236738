/// What libFuzzer calls with each input: `scripts/fuzz` compiles this file together with what reads the protocol of NATS.
///
/// The input is read as a whole and in pieces cut at random, which must find the same frames and the same fault. What
/// is found lies within the bytes. A header that is read without the others has the value that it has among them.
@_cdecl("LLVMFuzzerTestOneInput")
public func read(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
  let bytes = Array(UnsafeBufferPointer(start: start, count: count))
  let step = 1 + Int(bytes.first ?? 0) % 7
  let (whole, inPieces) = (frames(bytes, piece: max(bytes.count, 1)), frames(bytes, piece: step))
  guard whole == inPieces else { preconditionFailure("whole: \(whole); in pieces: \(inPieces)") }
  return 0
}

/// The frames in some bytes that arrive in pieces of a length, as texts, and what is wrong at the end.
private func frames(_ bytes: [UInt8], piece: Int) -> [String] {
  var parser = FrameParser()
  var (unread, rest, found) = ([UInt8](), bytes[...], [String]())
  do throws(ProtocolViolation) {
    while !rest.isEmpty {
      unread += rest.prefix(piece)
      rest = rest.dropFirst(piece)
      while let frame = try parser.next(in: unread.span) {
        precondition(frame.length > 0 && frame.length <= unread.count, "a frame that ends beyond the bytes")
        for range in [frame.subject, frame.reply, frame.headers, frame.payload] {
          precondition(range.upperBound <= frame.length, "a part beyond its frame")
        }
        found.append("\(frame)")
        if !frame.headers.isEmpty { found.append(headers(Array(unread[frame.headers]))) }
        unread.removeFirst(frame.length)
      }
    }
  } catch {
    // In pieces a fault shows as soon as its bytes are there, which says nothing of those behind it.
    found.append(error.reason)
  }
  return found
}

private func headers(_ block: [UInt8]) -> String {
  guard let headers = NATSHeaders(block: block) else { return "no headers" }
  for name in ["A", "KV-Operation"] as [StaticString] {
    let (alone, among) = (NATSHeaders.value(name, in: block.span), headers["\(name)"])
    guard alone == among else {
      preconditionFailure("\(name) alone: \(alone ?? "none"), among others: \(among ?? "none")")
    }
  }
  precondition(NATSHeaders.status(in: block.span) == headers.status, "a status that is another alone")
  return "\(headers.fields.count) \(headers.status ?? 0)"
}
