internal import HTTPServing
internal import ModuleStore

/// A request for a page (Documentation/pages.md, "Addresses").
public struct PageRequest: Sendable {
  /// The kinds of pages, by the first step of their addresses.
  enum Kind: String, CaseIterable {
    case overview = ""
    case modules, module, history, commit, compare, search
    case styleSheet = "style.css"
  }

  let kind: Kind
  /// The path after the first step; nil if an escape in it is malformed.
  private let decodedRest: RequestPath?
  /// The fields of the query; nil if one is malformed.
  private let fields: [(name: String, value: String)]?

  /// Parses a request; nil if no page has such a path.
  ///
  /// - Parameters:
  ///   - path: The path, percent-encoded. Empty steps are ignored.
  ///   - query: The query after the question mark, percent-encoded; nil if there is none.
  public init?(path: String, query: String?) {
    guard let kind = PageRequest.kind(path) else { return nil }
    self.kind = kind
    do throws(HTTPFailure) { decodedRest = try RequestPath(path).rest } catch { decodedRest = nil }
    fields = PageAddress.fields(ofQuery: query ?? "")
  }

  /// Returns whether a path has the form of a page's address.
  ///
  /// The page itself may not exist.
  static func isPage(_ path: String) -> Bool { kind(path) != nil }

  private static func kind(_ path: String) -> Kind? {
    let steps = path.utf8.split(separator: UInt8(ascii: "/"))
    guard let kind = Kind(rawValue: steps.first.map { String(Substring($0)) } ?? "") else { return nil }
    return kind.takesSteps || steps.count < 2 ? kind : nil
  }

  /// Returns the path after the first step.
  ///
  /// - Throws: `PageFailure` if the path is malformed.
  func rest() throws(PageFailure) -> RequestPath {
    guard let decodedRest else { throw PageFailure(.badRequest, "the path of the address is not valid") }
    return decodedRest
  }

  /// Returns the first value of a query field that is not empty; nil if there is none.
  ///
  /// - Throws: `PageFailure` if the query is malformed.
  func value(_ name: String) throws(PageFailure) -> String? {
    guard let fields else { throw PageFailure(.badRequest, "the query of the address is not valid") }
    return fields.first { $0.name == name && !$0.value.isEmpty }?.value
  }

  /// Returns the page number in a long list, counted from 1.
  func pageNumber() throws(PageFailure) -> Int {
    guard let text = try value("page") else { return 1 }
    guard let number = Int(text), (1...PageRequest.lastPage).contains(number) else {
      throw PageFailure(.badRequest, "page must be a number from 1, not '\(text)'")
    }
    return number
  }

  /// The largest page number. No list is this long, and no calculation with the number overflows.
  private static let lastPage = 1_000_000

  /// Returns the module path after the first step; nil if there is none.
  func path() throws(PageFailure) -> ModulePath? {
    let rest = try rest()
    do throws(StoreError) { return try rest.modulePath } catch { throw PageFailure(error) }
  }

  /// Returns the module path after the first step, which is required.
  func existingPath() throws(PageFailure) -> ModulePath {
    guard let path = try path() else { throw .notFound }
    return path
  }

  /// Returns the commit that a query field names by its full id; nil if there is no such field.
  func commit(_ name: String) throws(PageFailure) -> CommitID? {
    guard let text = try value(name) else { return nil }
    guard let commit = CommitID(hex: text) else { throw .notFound }
    return commit
  }
}

extension PageRequest.Kind {
  /// Whether more steps may follow the first one.
  var takesSteps: Bool {
    switch self {
    case .overview, .search, .styleSheet: false
    case .modules, .module, .history, .commit, .compare: true
    }
  }
}
