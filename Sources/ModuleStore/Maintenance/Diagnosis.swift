/// A finding of `doctor` about one requirement of a store.
public struct Diagnosis: Hashable, Sendable {
  /// The verdict.
  public enum Verdict: String, Hashable, Sendable {
    case good = "ok"
    /// It works, but may be unintended.
    case note
    /// Something fails or will fail.
    case problem
  }

  /// The examined subject.
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

  /// The examined subject.
  public let subject: Subject
  /// The verdict.
  public let verdict: Verdict
  /// The finding, as a sentence without a full stop.
  public let finding: String
  /// The advice; nil if nothing needs to be done.
  public let advice: String?

  init(_ subject: Subject, _ verdict: Verdict, _ finding: String, advice: String? = nil) {
    self.subject = subject
    self.verdict = verdict
    self.finding = finding
    self.advice = advice
  }
}
