internal import ByteText

extension EdgeServer {
  // MARK: Steps

  /// Writes a step for the host.
  func tell(_ step: Step, _ exchange: Exchange) {
    open(exchange)
    switch step.kind {
    case .head:
      output.append("head\",\"path\":\"/.wasmstore/v1/head/")
      appendHeadName()
      output.append("\"")
    case .match:
      output.append("match\",\"url\":")
      appendLastHeadURL(exchange.request)
    case .headValue:
      output.append("get\",\"seconds\":30,\"key\":\"h/")
      output.append(settings.store)
      output.append("/")
      output.append(settings.branch)
      output.append("\"")
    case .get: tell("get", step)
    case .describe: tell("describe", step)
    case .list: tell("list", step)
    case .forward: output.append("forward\"")
    }
    output.append("}")
  }

  private func tell(_ word: Bytes, _ step: Step) {
    output.append(word)
    output.append("\",\"seconds\":")
    output.append(number: step.seconds)
    output.append(",\"key\":\"")
    output.append(step.prefix)
    output.append("/")
    if let digest = step.digest { output.append(digest) }
    output.append("\"")
  }

  private func open(_ exchange: Exchange) {
    output.clear()
    output.append("{\"exchange\":")
    output.append(number: exchange.number)
    if !exchange.kept.isEmpty {
      output.append(",\"keep\":{\"url\":")
      appendLastHeadURL(exchange.request)
      output.append(",\"text\":")
      output.append(quoted: exchange.kept)
      output.append("}")
      exchange.kept = .none
    }
    output.append(",\"do\":\"")
  }

  private func appendHeadName() {
    output.append(settings.store)
    output.append("/")
    output.append(escaped: settings.branch)
  }

  /// Appends the URL of the last head in the location's cache.
  private func appendLastHeadURL(_ request: EdgeRequest) {
    output.append("\"")
    output.append(request.origin)
    output.append("/.wasmstore/v1/last-head/")
    appendHeadName()
    output.append("\"")
  }

  // MARK: Responses

  /// Starts a response, with the header fields of all responses.
  @inline(never)
  func begin(_ status: Int64, _ exchange: Exchange) {
    open(exchange)
    output.append("respond\",\"status\":")
    output.append(number: status)
    output.append(",\"headers\":{\"x-content-type-options\":\"nosniff\"")
    if !exchange.isCurrent { header("x-wasmstore-head", "last-known") }
    guard !settings.origins.isEmpty, !exchange.isForObject else { return }
    let allowed = settings.allowedOrigin(exchange.request["origin"])
    if allowed != "*" { header("vary", "Origin") }
    guard !allowed.isEmpty else { return }
    header("access-control-allow-origin", allowed)
    header("access-control-expose-headers", "*")
  }

  @inline(never)
  func header(_ name: Bytes, _ value: Bytes) {
    start(header: name)
    output.append(value)
    output.append("\"")
  }

  @inline(never)
  func header(_ name: Bytes, _ number: Int64) {
    start(header: name)
    output.append(number: number)
    output.append("\"")
  }

  /// Starts a header field; the caller then writes its value and a quotation mark to the output.
  @inline(never)
  func start(header name: Bytes) {
    output.append(",\"")
    output.append(name)
    output.append("\":\"")
  }

  /// Ends a response without a body.
  func end() { output.append("}}") }

  /// Ends a refusal, with an error object.
  @inline(never)
  func end(error code: Bytes, _ message: Bytes, _ exchange: Exchange) {
    header("content-type", "application/json")
    header("cache-control", "no-store")
    if code == "unavailable" { header("retry-after", "5") }
    guard !exchange.request.isHead else { return end() }
    output.append("},\"text\":\"{\\\"error\\\":{\\\"code\\\":\\\"")
    output.append(code)
    output.append("\\\",\\\"message\\\":\\\"")
    output.append(message)
    output.append("\\\"}}\"}")
  }

  /// Answers with an error object.
  @inline(never)
  func refuse(_ status: Int64, _ code: Bytes, _ message: Bytes, _ exchange: Exchange) {
    begin(status, exchange)
    end(error: code, message, exchange)
  }
}
