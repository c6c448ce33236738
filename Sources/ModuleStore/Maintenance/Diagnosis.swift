/// What `doctor` found about one thing that a store needs.
public struct Diagnosis: Hashable, Sendable {
  /// How it is.
  public enum Verdict: String, Hashable, Sendable {
    case good = "ok"
    /// It works, and may not be meant so.
    case note
    /// Something will fail, or has.
    case problem
  }

  /// The thing.
  public enum Subject: String, Hashable, CaseIterable, Sendable {
    case store
    case permissions
    case disk
    case clock
    case settings
    case locks
    case catalog
    case packs
    case hooks
    case leftovers
  }

  /// The thing.
  public let subject: Subject
  /// How it is.
  public let verdict: Verdict
  /// What was found, as a sentence without a full stop.
  public let finding: String
  /// What to do; nil where nothing is to be done.
  public let advice: String?

  init(_ subject: Subject, _ verdict: Verdict, _ finding: String, advice: String? = nil) {
    self.subject = subject
    self.verdict = verdict
    self.finding = finding
    self.advice = advice
  }
}
