internal import ArgumentParser
internal import ModuleStore

extension DateExpression: ArgumentValue {
  static var expected: String { "a date" }

  init?(argument: String) { self.init(argument) }
}
