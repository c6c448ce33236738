internal import HTTPServing
internal import FileSystem
internal import JSONText
internal import Logging
internal import ModuleStore
internal import NIOPosix
internal import Synchronization
public import SystemPackage

/// Where a log of requests goes.
public enum AccessLogTarget: Hashable, Sendable {
  /// The error stream.
  case standardError
  /// A file, at its end.
  case file(FilePath)
}

/// A line of JSON for each request, in a file or on the error stream.
final class AccessLog: Sendable {
  /// A request and its response.
  struct Entry: Sendable {
    let time: Timestamp
    let id: String
    let client: String
    let key: String?
    let method: String
    let path: String
    let branch: String?
    let status: Int
    let bytes: Int?
    /// How long it took until the response began.
    let microseconds: Int
  }

  private struct State {
    var lines: [UInt8] = []
    /// The lines that there was no room for.
    var lost = 0
    var isWriting = false
  }

  private let target: AccessLogTarget
  private let logger: Logger
  private let pool = NIOThreadPool(numberOfThreads: 1)
  private let state = Mutex(State())

  /// The bytes that wait for a slow disk; what comes beyond is not kept.
  private static let limit = 4 << 20

  /// Begins a log.
  ///
  /// - Throws: `StoreError.system` where the file cannot be written to.
  init(_ target: AccessLogTarget, _ logger: Logger) throws(StoreError) {
    self.target = target
    self.logger = logger
    try append([])
    pool.start()
  }

  /// Writes a line soon, in the order of the calls.
  func write(_ entry: Entry) {
    let begins = state.withLock { state in
      guard state.lines.count < AccessLog.limit else {
        state.lost += 1
        return false
      }
      entry.json.writeLine(to: &state.lines)
      state.lines.append(0x0a)
      defer { state.isWriting = true }
      return !state.isWriting
    }
    if begins { pool.submit { [self] _ in flush() } }
  }

  /// Writes all that is there, and what comes meanwhile.
  private func flush() {
    while true {
      let (lines, lost) = state.withLock { state in
        defer { (state.lines, state.lost) = ([], 0) }
        if state.lines.isEmpty { state.isWriting = false }
        return (state.lines, state.lost)
      }
      if lost > 0 { logger.warning("requests are missing in the access log", metadata: ["count": "\(lost)"]) }
      guard !lines.isEmpty else { return }
      do throws(StoreError) {
        try append(lines)
      } catch {
        logger.warning("the access log cannot be written", metadata: ["error": "\(error)"])
      }
    }
  }

  /// Ends the log once all is written.
  func end() async throws { try await pool.shutdownGracefully() }

  /// Appends to the log. A file is opened each time, so that whoever moves it away gets a new one.
  private func append(_ lines: [UInt8]) throws(StoreError) {
    switch target {
    case .standardError:
      do throws(Errno) { try writeAll(lines.span.bytes, to: .standardError) } catch {
        throw .system(what: "writing the access log", errno: error.rawValue)
      }
    case .file(let path):
      do throws(FileError) { try OpenFile(makingAndAppendingTo: path).append(lines.span.bytes) } catch {
        throw .system(what: error.summary, errno: error.reason.rawValue)
      }
    }
  }
}

extension AccessLog.Entry {
  /// The line, without the newline.
  fileprivate var json: JSONValue {
    .object([
      ("time", .text(time.rfc3339)), ("id", .text(id)), ("client", .text(client)), ("key", .optional(key)),
      ("method", .text(method)), ("path", .text(path)), ("branch", .optional(branch)),
      ("status", .count(status)),
      ("bytes", .optional(bytes)), ("microseconds", .count(microseconds)),
    ])
  }
}
