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
  /// What stands behind the first step.
  let steps: [String]
  private let fields: [(name: String, value: String)]?

  /// Takes a request apart.
  ///
  /// - Parameters:
  ///   - segments: The segments of the path, percent-decoded; empty ones are passed over.
  ///   - query: What stands behind the question mark, as it is.
  /// - Returns: Nil where no page has such a path.
  public init?(segments: some Sequence<String>, query: String = "") {
    let steps = segments.filter { !$0.isEmpty }
    guard let kind = Kind(rawValue: steps.first ?? "") else { return nil }
    self.kind = kind
    self.steps = Array(steps.dropFirst())
    guard kind.takesSteps || self.steps.isEmpty else { return nil }
    fields = PageAddress.fields(ofQuery: query)
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
    guard !steps.isEmpty else { return nil }
    // A step with a slash was percent-encoded as one; it would become two.
    guard !steps.contains(where: { $0.utf8.contains(UInt8(ascii: "/")) }) else { throw .notFound }
    do throws(StoreError) { return try ModulePath(steps.joined(separator: "/")) } catch {
      throw PageFailure(error)
    }
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
  fileprivate var takesSteps: Bool {
    switch self {
    case .overview, .search, .styleSheet: false
    case .modules, .module, .history, .commit, .compare: true
    }
  }
}
