public import ModuleStore

/// The pages on which people look at a store. They change nothing.
public enum Pages {
  /// Answers a request, on the store's thread.
  ///
  /// - Parameters:
  ///   - request: Which page.
  ///   - store: The store, on the branch that is shown where the request names none.
  ///   - key: What may be seen is what the key is for; nil for all. Whether it is for reading and still counts, the
  ///     caller has looked at.
  /// - Returns: The page, also where it says that there is none, or that the address is wrong.
  /// - Throws: What the reader has no part in: damage, a lock, the system. `failure` makes a page of it.
  public static func respond(
    to request: PageRequest, in store: StoreSession, as key: AccessKey?
  ) throws(StoreError) -> Page {
    do throws(PageFailure) {
      return try page(request, store, PageView(key))
    } catch {
      if let cause = error.cause { throw cause }
      return page(error)
    }
  }

  /// The page that says that the server could not answer. It does not say why.
  public static func failure(_ error: StoreError) -> Page { page(PageFailure(error)) }

  /// The page that goes along with a demand for a key (401).
  public static let keyNeeded = page(
    PageFailure(.unauthorized, "Give a key of this server as the password; the user name does not matter."))

  private static func page(_ failure: PageFailure) -> Page {
    let document = PageLayout(title: failure.status.title, place: nil).document {
      HTML(.h1) { failure.status.title }
      if let message = failure.message { HTML(.p) { message } }
    }
    return Page(status: failure.status.rawValue, document)
  }

  private static func page(
    _ request: PageRequest, _ store: StoreSession, _ view: PageView
  ) throws(PageFailure) -> Page {
    switch request.kind {
    case .styleSheet: return .styleSheet
    case .overview: return Page(try OverviewPage(request, store, view).document)
    case .modules: return Page(try ModulesPage(request, PagePlace(request, in: store, view)).document)
    case .module: return Page(try ModulePage(request, PagePlace(request, in: store, view)).document)
    case .history: return Page(try HistoryPage(request, PagePlace(request, in: store, view)).document)
    case .commit: return Page(try CommitPage(request, PagePlace(request, in: store, view)).document)
    case .compare: return Page(try ComparisonPage(request, PagePlace(request, in: store, view)).document)
    case .search: return Page(try SearchPage(request, PagePlace(request, in: store, view)).document)
    }
  }
}
