internal import ArgumentParser
internal import ModuleStore

extension ByteSize: ArgumentValue {
  static var expected: String { "a number of bytes, or one with k, MB, GB, KiB, MiB or GiB" }

  init?(argument: String) { self.init(argument) }
}
