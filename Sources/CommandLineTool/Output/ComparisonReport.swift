internal import Identifiers
internal import JSONText
internal import ModuleStore
internal import StoreJSON
internal import Wasm

extension InspectedModule {
  /// The description of a module that has to be valid.
  var valid: ModuleDescription {
    get throws {
      if let description { return description }
      throw Failure(.invalidModule, "\(name): invalid module: \(problem ?? "not described")")
    }
  }
}

/// The answer of `compare`.
struct ComparisonReport: Presentable {
  let old: InspectedModule
  let new: InspectedModule
  let comparison: InterfaceComparison

  var verdict: ChangeSeverity { comparison.verdict(of: old, and: new) }

  func text(_ style: Style) -> String {
    guard style.isTerminal else {
      let features = comparison.newFeatures.featureNames.map { "added\tfeature\t\($0)\tminor\n" }
      return "\(verdict.rawValue)\t\(summary)\n" + comparison.changes.map(\.fields).joined()
        + features.joined()
    }
    var table = Table(style, wraps: true)
    for change in comparison.changes { table.append([change.severity.rawValue, change.line(style)]) }
    for name in comparison.newFeatures.featureNames {
      table.append([ChangeSeverity.minor.rawValue, style.added("+feature \(name)")])
    }
    return "\(verdict.rawValue): \(summary)\n" + table.text
  }

  /// How many things changed and how, such as `1 export removed, 2 imports added`.
  var summary: String {
    var parts: [String] = []
    if !comparison.isComplete, old.digest != new.digest {
      parts.append("the interfaces are too large to compare completely")
    }
    if comparison.changes.contains(where: { $0.subject == .kind }) { parts.append("another kind of module") }
    for subject in [InterfaceChange.Subject.export, .import] {
      for action in [InterfaceChange.Action.removed, .changed, .version, .added] {
        let count = comparison.changes.count { $0.subject == subject && $0.action == action }
        guard count > 0 else { continue }
        parts.append("\(count) \(subject.rawValue)\(count == 1 ? "" : "s") \(action.participle)")
      }
    }
    let features = comparison.newFeatures.featureNames.count
    if features > 0 { parts.append("\(features) new feature\(features == 1 ? "" : "s") needed") }
    return parts.isEmpty ? "the interface is the same" : parts.joined(separator: ", ")
  }

  var json: JSONValue { comparison.json(of: old, and: new) }
}

extension InterfaceChange {
  /// The types or versions, one or two.
  private var types: String { [old, new].compactMap(\.self).joined(separator: " → ") }

  /// The line for programs.
  var fields: String {
    [action.rawValue, subject.rawValue, shownName, severity.rawValue, types].joined(separator: "\t") + "\n"
  }

  /// The change, for people.
  func line(_ style: Style) -> String {
    let what = subject == .kind ? "kind" : "\(subject.rawValue) \(shownName)"
    return switch action {
    case .added: style.added("+\(what): \(types)")
    case .removed: style.removed("-\(what): \(types)")
    case .changed: style.identifier("~\(what): \(types)")
    case .version: style.identifier("~\(what): version \(types)")
    }
  }
}

extension InterfaceChange.Action {
  fileprivate var participle: String {
    switch self {
    case .added, .removed, .changed: rawValue
    case .version: "has another version"
    }
  }
}
