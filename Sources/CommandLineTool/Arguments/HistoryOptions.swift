internal import ArgumentParser
internal import ModuleStore

/// Which changes of a history to show.
struct HistoryOptions: ParsableArguments {
  @Option("since", value: "date", help: "Only at or after this time, such as 2026-11-01 or '2 hours ago'.")
  var since: DateExpression?
  @Option("until", value: "date", help: "Only at or before this time.") var until: DateExpression?
  @Flag("first-parent", help: "Follow only first parents; a merge is one change.")
  var firstParent = false

  /// The filter, with the author from the common options.
  ///
  /// - Parameters:
  ///   - author: The text that the author's name and mail address must contain.
  ///   - session: The run, for the current time.
  /// - Returns: The filter.
  func filter(author: String?, _ session: Session) -> HistoryFilter {
    var filter = HistoryFilter()
    filter.author = author
    filter.since = since?.timestamp(now: session.now)
    filter.until = until?.timestamp(now: session.now)
    return filter
  }
}
