internal import Synchronization

/// The counters of a server, in the exposition format of Prometheus (version 0.0.4).
final class Metrics: Sendable {
  private struct Counted: Hashable {
    let method: String
    let status: Int
  }

  private struct State {
    var requests: [Counted: Int] = [:]
    /// The number of requests that took at most each of the bounds.
    var durations = [Int](repeating: 0, count: bounds.count)
    var seconds = 0.0
    var bytes = 0
    var running = 0
    var watchers = 0
  }

  /// The upper bounds of the histogram, in seconds.
  private static let bounds = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10]
  /// The methods with counters of their own. Clients can invent any number of others.
  private static let methods: Set<String> = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS"]

  private let state = Mutex(State())

  /// Counts the start of a request.
  func begin() { state.withLock { $0.running += 1 } }

  /// Counts the end of a request.
  ///
  /// - Parameters:
  ///   - method: The method of the request.
  ///   - status: The status of the response.
  ///   - seconds: The time until the response began.
  ///   - bytes: The size of the response's body.
  func end(method: String, status: Int, seconds: Double, bytes: Int) {
    let name = Metrics.methods.contains(method) ? method : "other"
    state.withLock { state in
      state.running -= 1
      state.requests[Counted(method: name, status: status), default: 0] += 1
      for index in Metrics.bounds.indices where seconds <= Metrics.bounds[index] {
        state.durations[index] += 1
      }
      state.seconds += seconds
      state.bytes += bytes
    }
  }

  /// Counts a watcher that connects (1) or disconnects (-1).
  func noteWatcher(_ change: Int) { state.withLock { $0.watchers += change } }

  /// The metrics as text.
  var text: String {
    let state = state.withLock { $0 }
    let total = state.requests.values.reduce(0, +)
    var lines: [String] = []
    func add(_ name: String, _ kind: String, _ help: String, _ samples: [(labels: String, value: String)]) {
      lines += ["# HELP \(name) \(help)", "# TYPE \(name) \(kind)"]
      lines += samples.map { "\(name)\($0.labels) \($0.value)" }
    }
    add(
      "wasmstore_http_requests_total", "counter", "Requests that have been answered.",
      state.requests.sorted { ($0.key.method, $0.key.status) < ($1.key.method, $1.key.status) }.map {
        ("{method=\"\($0.key.method)\",status=\"\($0.key.status)\"}", "\($0.value)")
      })
    let name = "wasmstore_http_request_seconds"
    lines += [
      "# HELP \(name) Time from the request to the start of its response.", "# TYPE \(name) histogram",
    ]
    for (bound, count) in zip(Metrics.bounds, state.durations) {
      lines.append("\(name)_bucket{le=\"\(bound)\"} \(count)")
    }
    lines += [
      "\(name)_bucket{le=\"+Inf\"} \(total)", "\(name)_sum \(state.seconds)", "\(name)_count \(total)",
    ]
    add(
      "wasmstore_http_response_bytes_total", "counter", "Bytes of response bodies that have been sent.",
      [("", "\(state.bytes)")])
    add(
      "wasmstore_http_requests_running", "gauge", "Requests that are being processed.",
      [("", "\(state.running)")])
    add("wasmstore_watchers", "gauge", "Clients that are watching a branch.", [("", "\(state.watchers)")])
    return lines.joined(separator: "\n") + "\n"
  }
}
