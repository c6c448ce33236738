internal import ArgumentParser
internal import Wasm

/// The features that a command accepts.
struct FeatureList: ParsableArguments {
  @Option("features", value: "list", help: "The features to accept, such as wasm2,+simd or -threads.")
  var features: Features?
}

/// Which modules a command accepts for storage.
struct Acceptance: ParsableArguments {
  @OptionGroup var list = FeatureList()
  @Flag("no-validate", help: "Store WebAssembly binaries even if they are not valid.") var noValidate =
    false

  /// Throws an error for options that contradict each other.
  func check() throws(Failure) {
    guard !noValidate || list.features == nil else {
      throw .usage("--features and --no-validate cannot be used together")
    }
  }
}

extension Features: ArgumentValue {
  static var expected: String { "a list of features" }

  static func refusal(of text: String, by name: String) -> String {
    do throws(UnknownFeature) {
      _ = try Features(parsing: text)
      return "\(name) must be \(expected)"
    } catch {
      return "unknown feature '\(error.name)'" + Suggestion.text(for: error.name, among: knownNames)
        + " (known: \(knownNames.joined(separator: ", ")))"
    }
  }

  /// Parses a list; `refusal` describes an error in it.
  init?(argument: String) {
    guard let features = try? Features(parsing: argument) else { return nil }
    self = features
  }
}
