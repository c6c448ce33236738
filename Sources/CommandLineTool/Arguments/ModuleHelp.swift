internal import ArgumentParser

extension ArgumentHelp {
  /// The help of an argument that names a module.
  static let module = ArgumentHelp(
    "A path, a hash or an abbreviation of one (7 digits or more), or REV:PATH.")

  /// The help of an argument that names a module, or a file outside the store.
  static let moduleOrFile = ArgumentHelp(
    "A module as in find; ./FILE, ../FILE or - for one that is not in the store.")
}
