/// A part of a long list, and the way to the others.
struct Paging {
  /// The number of the page, from 1.
  let number: Int
  /// The most entries of a page.
  let size: Int
  private let address: PageAddress

  /// Finds the page of a list that a request asks for.
  ///
  /// - Parameters:
  ///   - request: The request.
  ///   - size: The most entries of a page.
  ///   - address: The address of the list.
  /// - Throws: `PageFailure` where the request names no page.
  init(_ request: PageRequest, size: Int, of address: PageAddress) throws(PageFailure) {
    number = try request.pageNumber()
    self.size = size
    self.address = address
  }

  /// How many entries come before the page.
  var skipped: Int { (number - 1) * size }

  /// The entries of the page.
  func slice<Item>(_ items: [Item]) -> ArraySlice<Item> { items.dropFirst(skipped).prefix(size) }

  /// The links to the pages before and after; nothing where one page is all.
  func links(hasMore: Bool) -> HTML? {
    guard number > 1 || hasMore else { return nil }
    return HTML(.nav, .look(.pages), .label("Pages")) {
      if number > 1 { HTML(.a, .href(address(of: number - 1)), .relation("prev")) { "← Previous" } }
      HTML(.span, .look(.muted)) { "Page \(number)" }
      if hasMore { HTML(.a, .href(address(of: number + 1)), .relation("next")) { "Next →" } }
    }
  }

  /// The same for a list whose length is known.
  func links(count: Int) -> HTML? { links(hasMore: skipped + size < count) }

  private func address(of number: Int) -> PageAddress {
    number == 1 ? address : address.with("page", String(number))
  }
}
