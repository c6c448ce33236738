internal import ArgumentParser
internal import ModuleStore

extension ByteSize: ArgumentValue {
  static var expected: String { "a number of bytes, such as 1000, 64KiB or 1.5MB" }

  init?(argument: String) { self.init(argument) }
}
