internal import HTTPServing
internal import ModuleStore

/// Which page is asked for (Documentation/pages.md, "Addresses").
public struct PageRequest: Sendable {
  /// The kinds of pages, by the first step of their addresses.
  enum Kind: String, CaseIterable {
    case overview = ""
    case modules, module, history, commit, compare, search
    case styleSheet = "style.css"
  }

  let kind: Kind
  /// What stands behind the first step; nil where an escape in it is malformed.
  private let decodedRest: RequestPath?
  /// The fields of the query; nil where one is malformed.
  private let fields: [(name: String, value: String)]?

  /// Takes a request apart; nil where no page has such a path.
  ///
  /// - Parameters:
  ///   - path: The path, as it is. Empty steps are passed over.
  ///   - query: What stands behind the question mark, as it is; nil where there is none.
  public init?(path: String, query: String?) {
    guard let kind = PageRequest.kind(path) else { return nil }
    self.kind = kind
    do throws(HTTPFailure) { decodedRest = try RequestPath(path).rest } catch { decodedRest = nil }
    fields = PageAddress.fields(ofQuery: query ?? "")
  }

  /// Tells whether a path is that of a page, whether there is one or not.
  static func isPage(_ path: String) -> Bool { kind(path) != nil }

  private static func kind(_ path: String) -> Kind? {
    let steps = path.utf8.split(separator: UInt8(ascii: "/"))
    guard let kind = Kind(rawValue: steps.first.map { String(Substring($0)) } ?? "") else { return nil }
    return kind.takesSteps || steps.count < 2 ? kind : nil
  }

  /// What stands behind the first step.
  ///
  /// - Throws: `PageFailure` where it cannot be read.
  func rest() throws(PageFailure) -> RequestPath {
    guard let decodedRest else { throw PageFailure(.badRequest, "the path of the address is not valid") }
    return decodedRest
  }

  /// The value of a field of the query, where it has one that is not empty; the first counts.
  ///
  /// - Throws: `PageFailure` where the query cannot be read.
  func value(_ name: String) throws(PageFailure) -> String? {
    guard let fields else { throw PageFailure(.badRequest, "the query of the address is not valid") }
    return fields.first { $0.name == name && !$0.value.isEmpty }?.value
  }

  /// The number of the page of a long list, from 1.
  func pageNumber() throws(PageFailure) -> Int {
    guard let text = try value("page") else { return 1 }
    guard let number = Int(text), (1...PageRequest.lastPage).contains(number) else {
      throw PageFailure(.badRequest, "page takes a number from 1, not '\(text)'")
    }
    return number
  }

  /// A number of a page that no list reaches, and with which nothing overflows.
  private static let lastPage = 1_000_000

  /// The path behind the first step; nil where there is none.
  func path() throws(PageFailure) -> ModulePath? {
    let rest = try rest()
    do throws(StoreError) { return try rest.modulePath } catch { throw PageFailure(error) }
  }

  /// The path behind the first step, which must be there.
  func existingPath() throws(PageFailure) -> ModulePath {
    guard let path = try path() else { throw .notFound }
    return path
  }

  /// The commit that a field of the query names by its whole id; nil where there is no such field.
  func commit(_ name: String) throws(PageFailure) -> CommitID? {
    guard let text = try value(name) else { return nil }
    guard let commit = CommitID(hex: text) else { throw .notFound }
    return commit
  }
}

extension PageRequest.Kind {
  /// Whether more may follow the first step.
  var takesSteps: Bool {
    switch self {
    case .overview, .search, .styleSheet: false
    case .modules, .module, .history, .commit, .compare: true
    }
  }
}
