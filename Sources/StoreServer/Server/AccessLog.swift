internal import HTTPServing
internal import FileSystem
internal import JSONText
internal import Logging
internal import ModuleStore
internal import NIOPosix
internal import Synchronization
public import SystemPackage

/// The destination of the access log.
public enum AccessLogTarget: Hashable, Sendable {
  /// Standard error.
  case standardError
  /// A file, to which lines are appended.
  case file(FilePath)
}

/// A log with a line of JSON for each request, in a file or on standard error.
final class AccessLog: Sendable {
  /// The record of a request and its response.
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
    /// The time until the response began.
    let microseconds: Int
  }

  private struct State {
    var lines: [UInt8] = []
    /// The number of lines that were dropped because the buffer was full.
    var lost = 0
    var isWriting = false
  }

  private let target: AccessLogTarget
  private let logger: Logger
  private let pool = NIOThreadPool(numberOfThreads: 1)
  private let state = Mutex(State())

  /// The maximum number of buffered bytes while the disk is slow. Further lines are dropped.
  private static let limit = 4 << 20

  /// Opens the log.
  ///
  /// - Throws: `StoreError.system` if the file cannot be written.
  init(_ target: AccessLogTarget, _ logger: Logger) throws(StoreError) {
    self.target = target
    self.logger = logger
    try append([])
    pool.start()
  }

  /// Queues a line.
  ///
  /// Lines are written in the order of the calls.
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

  /// Writes all queued lines, including those that are added meanwhile.
  private func flush() {
    while true {
      let (lines, lost) = state.withLock { state in
        defer { (state.lines, state.lost) = ([], 0) }
        if state.lines.isEmpty { state.isWriting = false }
        return (state.lines, state.lost)
      }
      if lost > 0 {
        logger.warning("some requests are missing from the access log", metadata: ["count": "\(lost)"])
      }
      guard !lines.isEmpty else { return }
      do throws(StoreError) {
        try append(lines)
      } catch {
        logger.warning("cannot write the access log", metadata: ["error": "\(error)"])
      }
    }
  }

  /// Closes the log after all lines are written.
  func end() async throws { try await pool.shutdownGracefully() }

  /// Appends lines to the log.
  ///
  /// The file is opened each time, so that a new file is created after log rotation.
  private func append(_ lines: [UInt8]) throws(StoreError) {
    switch target {
    case .standardError:
      do throws(Errno) { try writeAll(lines.span.bytes, to: .standardError) } catch {
        throw .system(what: "cannot write to standard error", errno: error.rawValue)
      }
    case .file(let path):
      do throws(FileError) { try OpenFile(makingAndAppendingTo: path).append(lines.span.bytes) } catch {
        throw .system(what: error.summary, errno: error.reason.rawValue)
      }
    }
  }
}

extension AccessLog.Entry {
  /// The entry as JSON.
  fileprivate var json: JSONValue {
    .object([
      ("time", .text(time.rfc3339)), ("id", .text(id)), ("client", .text(client)), ("key", .optional(key)),
      ("method", .text(method)), ("path", .text(path)), ("branch", .optional(branch)),
      ("status", .count(status)),
      ("bytes", .optional(bytes)), ("microseconds", .count(microseconds)),
    ])
  }
}
