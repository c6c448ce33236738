public import ModuleStore

/// The kind of an error, which is the error code in JSON.
///
/// Scripts and clients depend on the codes, so a code is never renamed.
public enum ErrorCode: String, CaseIterable, Sendable {
  case notFound = "not_found"
  case ambiguous
  case invalidModule = "invalid_module"
  case invalidInput = "invalid_input"
  case exists
  case failed
  case usage
  case refused
  case conflict
  case notFastForward = "not_fast_forward"
  case expectationFailed = "expectation_failed"
  case moved
  case notAStore = "not_a_store"
  case newerFormat = "newer_format"
  case locked
  case damaged
  case interrupted
  case remoteFailed = "remote_failed"
  case remoteRefused = "remote_refused"
  case policyViolated = "policy_violated"
  case incompatible
  case cannotRun = "cannot_run"
  case notValid = "not_valid"
}

extension ErrorCode {
  /// Creates the code for an error of a store.
  public init(_ error: StoreError) {
    switch error {
    case .moduleNotFound, .notAModule, .branchNotFound, .tagNotFound, .noCommits, .unknownRevision,
      .versionNotFound, .nothingToRollBack, .nothingToUndo, .nothingToRedo, .operationNotFound,
      .beyondHorizon,
      .noDefaultBranch:
      self = .notFound
    case .ambiguousRevision, .ambiguousModule: self = .ambiguous
    case .invalidModule, .invalidModules: self = .invalidModule
    case .invalidPath, .invalidName, .invalidHash, .invalidRevision, .pathConflict, .source, .foreignFormat,
      .unknownSetting,
      .invalidSetting, .invalidPick:
      self = .invalidInput
    case .branchExists, .tagExists: self = .exists
    case .branchProtected, .branchCheckedOut, .branchIsDefault, .branchIsSymbolic, .policyRefused,
      .changesRefused, .tagKept, .hookExists,
      .unsafeArchive, .storeExists:
      self = .refused
    case .mergeConflict: self = .conflict
    case .notFastForward: self = .notFastForward
    case .expectationFailed, .headUnexpected: self = .expectationFailed
    case .branchMoved, .pathMoved, .cannotUndo: self = .moved
    case .noStore, .notAStore, .root, .foreignOwner, .unsupportedFormat: self = .notAStore
    case .newerFormat: self = .newerFormat
    case .locked: self = .locked
    case .damaged, .brokenReference, .damagedArchive: self = .damaged
    case .cancelled: self = .interrupted
    case .readOnly, .system, .failed, .omittedObject, .beyondBoundary: self = .failed
    }
  }
}
