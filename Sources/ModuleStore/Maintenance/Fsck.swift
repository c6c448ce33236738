internal import Git
internal import Identifiers

extension StoreSession {
  /// Checks for damage, and repairs what can be computed from intact data.
  ///
  /// Other processes may use the store meanwhile: objects that seem damaged are read again while deletion is blocked.
  ///
  /// - Parameters:
  ///   - depth: How much to check.
  ///   - repairing: Whether to repair; the report then describes the store after the repair.
  /// - Returns: The findings; damage is not an error.
  /// - Throws: `StoreError.system` if a file cannot be read, `.readOnly` and `.locked` if a repair cannot be written,
  ///   `.cancelled`.
  public func fsck(_ depth: FsckDepth = .normal, repairing: Bool = false) throws(StoreError) -> FsckReport {
    var check = StoreCheck(self, depth)
    try check.run()
    guard repairing else { return check.report }
    let repairs = try repair(check.report)
    guard !repairs.isEmpty else { return check.report }
    var second = StoreCheck(self, depth)
    try second.run()
    second.report.repairs = repairs
    return second.report
  }
}

/// One check of all parts of a store.
struct StoreCheck {
  let session: StoreSession
  let depth: FsckDepth
  var report: FsckReport

  init(_ session: StoreSession, _ depth: FsckDepth) {
    self.session = session
    self.depth = depth
    report = FsckReport(depth: depth)
  }

  mutating func run() throws(StoreError) {
    try session.work.check()
    var catalog = openCatalog()
    let facts = depth == .quick ? [:] : knownFacts(in: &catalog)
    let survey = try confirmedSurvey(facts: facts)
    try add(survey)
    try checkReferences(survey)
    try checkRecord()
    if depth != .quick {
      checkCatalog(&catalog, survey)
      try checkRawCopies(catalog)
    }
    try findLeftovers(survey)
    try addEffects(survey)
  }
}
