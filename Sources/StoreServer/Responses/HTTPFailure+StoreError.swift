internal import HTTPServing
internal import HTTPTypes
internal import JSONText
internal import ModuleStore
internal import StoreJSON
internal import Wasm

extension HTTPFailure {
  /// Creates the failure for an error of the store.
  init(_ error: StoreError) {
    let code = ErrorCode(error)
    self.init(HTTPFailure.status(code), code.rawValue, error.message)
    hint = error.hint
    switch error {
    // Clients of the older tool show these texts to their users.
    case .invalidModule(_, let problem, let format): text = problem.description + StoreError.remark(format)
    case .moduleNotFound: text = ""
    case .mergeConflict(let found):
      details = [("conflicts", .array(found.conflicts.map(\.json)))]
      lines = found.conflicts.map(\.path.spelled)
    case .locked: headers[.retryAfter] = "1"
    // The client sent the archive, so this is not a server error.
    case .damagedArchive: self = HTTPFailure(.badRequest, code.rawValue, error.message)
    case .readOnly: self = HTTPFailure(.forbidden, code.rawValue, error.message)
    default: break
    }
  }

  private static func status(_ code: ErrorCode) -> HTTPResponse.Status {
    switch code {
    case .notFound: .notFound
    case .ambiguous, .invalidModule, .invalidInput, .usage: .badRequest
    case .exists, .refused, .conflict, .notFastForward, .moved, .policyViolated, .incompatible, .cannotRun,
      .notValid:
      .conflict
    case .expectationFailed: .preconditionFailed
    case .locked, .interrupted, .notAStore, .newerFormat: .serviceUnavailable
    case .failed, .damaged, .remoteFailed, .remoteRefused: .internalServerError
    }
  }
}
