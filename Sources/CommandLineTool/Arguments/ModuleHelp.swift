internal import ArgumentParser

extension ArgumentHelp {
  /// The help of an argument that names a module.
  static let module = ArgumentHelp(
    "A path, a hash, an abbreviated hash (7 digits or more), or REV:PATH.")

  /// The help of an argument that names a module, or a file outside the store.
  static let moduleOrFile = ArgumentHelp(
    "A module, as in 'find'; or ./FILE, ../FILE or - for a file outside the store.")
}
