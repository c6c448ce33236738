/// The severity of an interface change for users of the module (semver.org).
public enum ChangeSeverity: String, CaseIterable, Comparable, Sendable {
  /// Nothing changed that is visible from outside.
  case patch
  /// Every user and every host of the old module can use the new one.
  case minor
  /// A user or a host of the old module may fail with the new one.
  case major

  /// Orders by severity: `patch` is the lowest.
  public static func < (first: ChangeSeverity, second: ChangeSeverity) -> Bool {
    first.weight < second.weight
  }

  private var weight: Int {
    switch self {
    case .patch: 0
    case .minor: 1
    case .major: 2
    }
  }
}
