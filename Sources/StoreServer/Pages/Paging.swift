/// A page of a long list, with links to the other pages.
struct Paging {
  /// The number of the page, counted from 1.
  let number: Int
  /// The maximum number of entries on a page.
  let size: Int
  private let address: PageAddress

  /// Finds the page of a list that a request asks for.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - size: The maximum number of entries on a page.
  ///   - address: The address of the list.
  /// - Throws: `PageFailure` if the page number is malformed.
  init(_ request: PageRequest, size: Int, of address: PageAddress) throws(PageFailure) {
    number = try request.pageNumber()
    self.size = size
    self.address = address
  }

  /// The number of entries before the page.
  var skipped: Int { (number - 1) * size }

  /// Returns the entries of the page.
  func slice<Item>(_ items: [Item]) -> ArraySlice<Item> { items.dropFirst(skipped).prefix(size) }

  /// Returns the links to the previous and next page; nil if there is only one page.
  func links(hasMore: Bool) -> HTML? {
    guard number > 1 || hasMore else { return nil }
    return HTML(.nav, .cssClass(.pages), .label("Pages")) {
      if number > 1 { HTML(.a, .href(address(of: number - 1)), .relation("prev")) { "← Previous" } }
      HTML(.span, .cssClass(.muted)) { "Page \(number)" }
      if hasMore { HTML(.a, .href(address(of: number + 1)), .relation("next")) { "Next →" } }
    }
  }

  /// Returns the links for a list with a known length.
  func links(count: Int) -> HTML? { links(hasMore: skipped + size < count) }

  private func address(of number: Int) -> PageAddress {
    number == 1 ? address : address.with("page", String(number))
  }
}
