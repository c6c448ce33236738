public import ModuleStore

/// The web pages of a store.
///
/// They are read-only.
public enum Pages {
  /// Answers a request for a page.
  ///
  /// Must be called on a thread of the store.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - store: A session on the branch to show if the request names none.
  ///   - key: The key, which limits what is visible; nil for everything. The caller has checked that it allows reading
  ///     and has not expired.
  /// - Returns: The page. It may say that the address does not exist or is malformed.
  /// - Throws: `StoreError` for problems of the server, such as damage, a lock or a system error. `failure` makes a
  ///   page of it.
  public static func respond(
    to request: PageRequest, in store: StoreSession, as key: AccessKey?
  ) throws(StoreError) -> Page {
    do throws(PageFailure) {
      return try page(request, store, VisibleScope(key))
    } catch {
      if let cause = error.cause { throw cause }
      return page(error)
    }
  }

  /// Returns the page for a problem of the server.
  ///
  /// It does not give the reason.
  public static func failure(_ error: StoreError) -> Page { page(PageFailure(error)) }

  /// The page for a request without a valid key (401).
  public static let keyNeeded = page(
    PageFailure(.unauthorized, "Enter a key of this server as the password. The user name is ignored."))

  private static func page(_ failure: PageFailure) -> Page {
    let document = PageLayout(title: failure.status.title, context: nil).document {
      HTML(.h1) { failure.status.title }
      if let message = failure.message { HTML(.p) { message } }
    }
    return Page(status: failure.status.rawValue, document)
  }

  private static func page(
    _ request: PageRequest, _ store: StoreSession, _ scope: VisibleScope
  ) throws(PageFailure) -> Page {
    switch request.kind {
    case .styleSheet: return .styleSheet
    case .overview: return Page(try OverviewPage(request, store, scope).document)
    case .modules: return Page(try ModulesPage(request, PageContext(request, in: store, scope)).document)
    case .module: return Page(try ModulePage(request, PageContext(request, in: store, scope)).document)
    case .history: return Page(try HistoryPage(request, PageContext(request, in: store, scope)).document)
    case .commit: return Page(try CommitPage(request, PageContext(request, in: store, scope)).document)
    case .compare: return Page(try ComparisonPage(request, PageContext(request, in: store, scope)).document)
    case .search: return Page(try SearchPage(request, PageContext(request, in: store, scope)).document)
    }
  }
}
