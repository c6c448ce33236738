internal import HTTPServing
internal import Identifiers
internal import ModuleStore

/// A reference to a module in a request: its path or its hash.
enum ModuleReference: Hashable, Sendable {
  case path(ModulePath)
  case digest(ModuleDigest)
}

extension RequestPath {
  /// The request path as the path of a module; nil if it is empty.
  ///
  /// - Throws: `StoreError.invalidPath`.
  var modulePath: ModulePath? {
    get throws(StoreError) { isEmpty ? nil : try ModulePath(joined) }
  }

  /// The request path as a hash; nil if it is not one.
  var digest: ModuleDigest? {
    guard segments.count == 1, let first else { return nil }
    return ModuleDigest(first)
  }

  /// The request path as the path of a module or a full hash.
  ///
  /// - Throws: `HTTPFailure` with 404 if it is empty; `StoreError.invalidPath`.
  var moduleReference: ModuleReference {
    get throws {
      if let digest { return .digest(digest) }
      guard let path = try modulePath else { throw HTTPFailure.notFound("the path of a module is missing") }
      return .path(path)
    }
  }
}
