internal import Catalog
internal import Wasm

/// A file to add that is not a valid module.
public struct InvalidModule: Hashable, Sendable {
  /// Its name.
  public let source: String
  /// The reason why it is not valid, and its actual format.
  public let message: String
}

/// The result for one of several files: an invalid file does not prevent the validation of the others.
enum Judged: Sendable {
  case stored(StoredModule?)
  case refused(StoreError)

  /// Runs the validation of a file.
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
  /// - Throws: `StoreError.invalidModule` if one file is not a module, `.invalidModules` if several are not.
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
      let remark = format.map { ": the file is \($0.noun)" } ?? ""
      return InvalidModule(source: source, message: reason.description + remark)
    }
    throw .invalidModules(invalid, of: count)
  }
}
