internal import Catalog
internal import Wasm

/// A file that was to be added and is no valid module.
public struct InvalidModule: Hashable, Sendable {
  /// What it is called.
  public let source: String
  /// Why it is none, and what it is.
  public let message: String
}

/// What became of one of several files: the first that is no module does not keep the others from being judged.
enum Judged: Sendable {
  case stored(StoredModule?)
  case refused(StoreError)

  /// Runs what judges a file.
  init(_ body: () throws(StoreError) -> StoredModule?) throws(StoreError) {
    do throws(StoreError) { self = .stored(try body()) } catch .invalidModule(
      let source, let error, let format)
    {
      self = .refused(.invalidModule(source: source, error, format: format))
    }
  }
}

extension [Judged] {
  /// The modules of all files.
  ///
  /// - Throws: `StoreError.invalidModule` where one file is none, `.invalidModules` where several are.
  func modules() throws(StoreError) -> [StoredModule?] {
    var (modules, refusals): ([StoredModule?], [StoreError]) = ([], [])
    for judged in self {
      switch judged {
      case .stored(let module): modules.append(module)
      case .refused(let error): refusals.append(error)
      }
    }
    guard let first = refusals.first else { return modules }
    guard refusals.count > 1 else { throw first }
    let invalid = refusals.compactMap { error -> InvalidModule? in
      guard case .invalidModule(let source, let reason, let format) = error else { return nil }
      let remark = format.map { ": it is \($0.noun)" } ?? ""
      return InvalidModule(source: source, message: reason.description + remark)
    }
    throw .invalidModules(invalid, of: count)
  }
}
