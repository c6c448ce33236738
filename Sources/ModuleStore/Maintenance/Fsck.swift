internal import Git
internal import Identifiers

extension StoreSession {
  /// Looks for damage, and repairs what follows from what is whole.
  ///
  /// Other processes may work on the store meanwhile: what seems damaged is looked at once more while nothing is
  /// deleted.
  ///
  /// - Parameters:
  ///   - depth: How much to look at.
  ///   - repairing: Whether to repair; the report is then about what is left.
  /// - Returns: What was found; damage is no error.
  /// - Throws: `StoreError.system` where a file cannot be read, `.readOnly` and `.locked` where something is to be
  ///   repaired and cannot be written, `.cancelled`.
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

/// One run over all parts of a store.
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
