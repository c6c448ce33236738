internal import ModuleStore
internal import StoreJSON

/// Why there is no page to show, as the page that says so.
struct PageFailure: Error {
  /// The statuses of such answers (RFC 9110, section 15).
  enum Status: Int {
    case badRequest = 400
    case unauthorized = 401
    case notFound = 404
    case failed = 500
    case unavailable = 503

    /// What the status is called.
    var title: String {
      switch self {
      case .badRequest: "Bad request"
      case .unauthorized: "A key is needed"
      case .notFound: "Not found"
      case .failed: "The server failed"
      case .unavailable: "Not available at the moment"
      }
    }
  }

  let status: Status
  /// A sentence; nil where the title says all.
  let message: String?
  /// The error behind it, where that is the server's concern and not the reader's.
  var cause: StoreError?

  init(_ status: Status, _ message: String?) {
    self.status = status
    self.message = message
  }

  /// There is nothing there, or nothing that may be seen: which of both is not told.
  static var notFound: PageFailure { PageFailure(.notFound, "There is nothing at this address.") }

  /// Says what a store could not do. What a reader has no part in is not told.
  init(_ error: StoreError) {
    switch ErrorCode(error) {
    case .notFound:
      // That there is nothing yet is all that can be told: a branch that may not be seen is never asked.
      if case .noCommits = error { self.init(.notFound, error.message) } else { self = .notFound }
    case .ambiguous, .invalidInput, .invalidModule, .usage: self.init(.badRequest, error.message)
    case .locked, .interrupted: self.init(.unavailable, nil)
    case .exists, .failed, .refused, .conflict, .notFastForward, .expectationFailed, .moved, .notAStore,
      .newerFormat, .damaged, .remoteFailed, .remoteRefused, .policyViolated, .incompatible, .cannotRun,
      .notValid:
      self.init(.failed, nil)
    }
    if status == .failed || status == .unavailable { cause = error }
  }
}

/// Runs what throws the store's errors, and throws pages.
func shown<Result>(_ body: () throws(StoreError) -> Result) throws(PageFailure) -> Result {
  do throws(StoreError) { return try body() } catch { throw PageFailure(error) }
}
