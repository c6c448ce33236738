internal import ArgumentParser
internal import Synchronization

/// Reads the options and operands of a command from an invocation, while the command is initialised.
///
/// The properties of a command declare its arguments (`Declarations.swift`). Each declaration registers its name with
/// the current reader, and takes its values from it. ArgumentParser makes help, completion scripts and manual pages
/// from the same declarations; it does not parse the arguments, because it finds the declarations by reflection, which
/// takes three quarters of the time of a `wasmstore hash`.
final class ArgumentReader: Sendable {
  /// The reader of the command that this thread is initialising.
  @TaskLocal static var current: ArgumentReader?

  /// The declarations of a command, in the order of its properties.
  struct Declared: Sendable {
    var options: [OptionName] = []
    var operands: [String] = []
  }

  private struct State {
    let options: [Invocation.GivenOption]
    var operands: ArraySlice<String>
    var declared = Declared()
    var failure: Failure?
  }

  private let state: Mutex<State>

  private init(options: [Invocation.GivenOption], operands: [String]) {
    state = Mutex(State(options: options, operands: operands[...]))
  }

  /// Lists the declarations of a command or a group of options.
  static func declared(by type: (some ParsableArguments).Type) -> Declared {
    let reader = ArgumentReader(options: [], operands: [])
    _ = $current.withValue(reader) { type.init() }
    return reader.state.withLock(\.declared)
  }

  /// Initialises a command or a group of options with the given values.
  ///
  /// - Throws: The first error in them.
  static func read<Arguments: ParsableArguments>(
    _ type: Arguments.Type, options: [Invocation.GivenOption], operands: [String] = []
  ) throws(Failure) -> Arguments {
    let reader = ArgumentReader(options: options, operands: operands)
    let arguments = $current.withValue(reader) { type.init() }
    let (failure, rest) = reader.state.withLock { ($0.failure, $0.operands) }
    if let failure { throw failure }
    guard rest.isEmpty else {
      let words = rest.map { "'\($0)'" }.joined(separator: ", ")
      throw .usage(
        rest.count == 1 ? "unexpected argument \(words)" : "\(rest.count) unexpected arguments: \(words)")
    }
    return arguments
  }

  // MARK: Access for declarations

  /// The number of times that a flag was given.
  func count(of flag: OptionName) -> Int { texts(of: flag).count }

  /// The values given to an option; the last one is used if it takes only one.
  func values<Value: ArgumentValue>(of option: OptionName, as type: Value.Type) -> [Value] {
    texts(of: option).compactMap { value(of: "--\(option.long)", from: $0) }
  }

  /// The numbers given to an option.
  func numbers(of option: OptionName, in range: PartialRangeFrom<Int>) -> [Int] {
    texts(of: option).compactMap { text in
      if let number = Int(text), range.contains(number) { return number }
      fail("--\(option.long) must be a number from \(range.lowerBound), not '\(text)'")
      return nil
    }
  }

  /// The next operand; nil if there is none, which is an error if `isRequired`.
  func operand<Value: ArgumentValue>(_ name: String, isRequired: Bool, as type: Value.Type) -> Value? {
    let text = state.withLock { state in
      state.declared.operands.append(name)
      return state.operands.popFirst()
    }
    if let text { return value(of: name.uppercased(), from: text) }
    if isRequired { fail("missing expected argument '<\(name)>'") }
    return nil
  }

  /// All further operands; none is an error if `areRequired`.
  func operands<Value: ArgumentValue>(_ name: String, areRequired: Bool, as type: Value.Type) -> [Value] {
    let texts = state.withLock { state in
      state.declared.operands.append(name)
      defer { state.operands = [] }
      return state.operands
    }
    if areRequired, texts.isEmpty { fail("missing expected argument '<\(name)> ...'") }
    return texts.compactMap { value(of: name.uppercased(), from: $0) }
  }

  private func texts(of option: OptionName) -> [String] {
    state.withLock { state in
      state.declared.options.append(option)
      return state.options.compactMap { $0.name == option.long ? $0.value ?? "" : nil }
    }
  }

  private func value<Value: ArgumentValue>(of name: String, from text: String) -> Value? {
    if let value = Value(argument: text) { return value }
    fail(Value.refusal(of: text, by: name))
    return nil
  }

  private func fail(_ message: String) {
    state.withLock { state in
      if state.failure == nil { state.failure = .usage(message) }
    }
  }
}
