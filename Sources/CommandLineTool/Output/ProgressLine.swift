internal import JSONText
internal import ModuleStore
internal import StoreJSON
internal import Synchronization

/// The progress of a long step: one line on a terminal that is overwritten, or lines of JSON.
///
/// It shows nothing in the first half second, and is then updated at most ten times a second.
final class ProgressLine: Sendable {
  enum Form: Sendable { case line, json }

  private struct State {
    let start: ContinuousClock.Instant
    var shown: ContinuousClock.Instant?
    var width = 0
  }

  private let form: Form
  private let state = Mutex(State(start: .now))
  private let write: @Sendable (String) -> Void
  private static let delay = Duration.milliseconds(500)
  private static let interval = Duration.milliseconds(100)

  init(_ form: Form, write: @escaping @Sendable (String) -> Void) {
    self.form = form
    self.write = write
  }

  /// Shows the progress, if enough time has passed.
  func show(_ progress: Progress) {
    state.withLock { state in
      let now = ContinuousClock.now
      guard now - state.start >= Self.delay else { return }
      if let shown = state.shown, now - shown < Self.interval { return }
      state.shown = now
      switch form {
      case .line:
        let text = Self.text(progress)
        let padding = String(repeating: " ", count: max(0, state.width - text.count))
        state.width = text.count
        write("\r" + text + padding)
      case .json:
        write(progress.json.line + "\n")
      }
    }
  }

  /// Erases the line.
  func clear() {
    state.withLock { state in
      if state.width > 0 { write("\r" + String(repeating: " ", count: state.width) + "\r") }
      state.width = 0
    }
  }

  static func text(_ progress: Progress) -> String {
    let count = progress.total.map { "\(progress.done)/\($0)" } ?? "\(progress.done)"
    return "\(progress.phase.rawValue) \(count), \(byteCount(Int(progress.bytes)))"
  }
}
