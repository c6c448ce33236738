internal import ModuleStore
internal import StoreJSON

/// The reason why a page cannot be shown.
///
/// It is shown as a page itself.
struct PageFailure: Error {
  /// The statuses of such responses (RFC 9110, section 15).
  enum Status: Int {
    case badRequest = 400
    case unauthorized = 401
    case notFound = 404
    case failed = 500
    case unavailable = 503

    /// The title of the status.
    var title: String {
      switch self {
      case .badRequest: "Bad request"
      case .unauthorized: "A key is required"
      case .notFound: "Not found"
      case .failed: "The server failed"
      case .unavailable: "Not available at the moment"
      }
    }
  }

  let status: Status
  /// A sentence for the reader; nil if the title is sufficient.
  let message: String?
  /// The error to log, if it is a problem of the server and not of the request.
  var cause: StoreError?

  init(_ status: Status, _ message: String?) {
    self.status = status
    self.message = message
  }

  /// The failure for an address that has nothing or nothing visible. It does not reveal which.
  static var notFound: PageFailure { PageFailure(.notFound, "This page does not exist.") }

  /// Creates the page failure for an error of the store.
  ///
  /// Errors of the server are not described to the reader.
  init(_ error: StoreError) {
    switch ErrorCode(error) {
    case .notFound:
      // Only `noCommits` is shown to the reader: the store is never asked about a hidden branch.
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

/// Runs a function, and translates its `StoreError` to a `PageFailure`.
func translatingErrors<Result>(_ body: () throws(StoreError) -> Result) throws(PageFailure) -> Result {
  do throws(StoreError) { return try body() } catch { throw PageFailure(error) }
}
