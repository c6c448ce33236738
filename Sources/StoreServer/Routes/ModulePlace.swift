internal import HTTPServing
internal import Identifiers
internal import ModuleStore

/// A module as a request names it.
enum ModulePlace: Hashable, Sendable {
  case path(ModulePath)
  case digest(ModuleDigest)
}

extension RequestPath {
  /// The path of a module that it spells; nil where it is empty.
  ///
  /// - Throws: `StoreError.invalidPath`.
  var modulePath: ModulePath? {
    get throws(StoreError) { isEmpty ? nil : try ModulePath(joined) }
  }

  /// The hash that it is; nil where it is none.
  var digest: ModuleDigest? {
    guard segments.count == 1, let first else { return nil }
    return ModuleDigest(first)
  }

  /// The path of a module or a whole hash.
  ///
  /// - Throws: `HTTPFailure` with 404 where it is empty, `StoreError.invalidPath`.
  var place: ModulePlace {
    get throws {
      if let digest { return .digest(digest) }
      guard let path = try modulePath else { throw HTTPFailure.notFound("no module is named") }
      return .path(path)
    }
  }
}
