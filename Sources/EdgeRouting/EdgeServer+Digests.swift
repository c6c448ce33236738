internal import ByteText

extension EdgeServer {
  /// Answers a request for a content by its digest. Any client that knows the digest is served, until a prune.
  func answerDigest(_ exchange: Exchange) throws(Step) {
    let (request, path) = (exchange.request, exchange.request.path)
    guard path.starts(with: "/.wasmstore/v1/by-digest/"), let digest = Digest(hexadecimal: path.from(25))
    else {
      return refuse(404, "not_found", "there is no such route", exchange)
    }
    let known = request["if-none-match"]
    if !known.isEmpty, Conditions.list(known, has: path.from(25)) {
      // The client has the content, even if it is not stored any more.
      _ = try answer(Content(digest: digest, size: 0, type: .none, chunks: 0), exchange)
      return
    }
    if exchange.metadata.isEmpty, !exchange.isMissing(digest) {
      throw Step(request.isHead ? .list : .describe, "b", digest, seconds: Step.brief)
    }
    if let content = content(digest, exchange), try answer(content, exchange) { return }
    refuse(404, "not_found", "no such content is published", exchange)
  }

  /// The metadata of the content contain its media type.
  private func content(_ digest: Digest, _ exchange: Exchange) -> Content? {
    let metadata = JSONView(exchange.metadata)
    let (size, type) = (metadata["s"].integer, metadata["ct"].text)
    let chunks = metadata["n"].isMissing ? 0 : metadata["n"].integer
    guard !type.isEmpty, type.isPrintable, type.first(0x5c) == type.count, chunks >= 0,
      ManifestRow.agree(size: size, chunks: chunks)
    else { return nil }
    return Content(digest: digest, size: size, type: type, chunks: chunks)
  }
}
