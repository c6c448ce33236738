internal import ArgumentParser

/// The number of entries to show.
struct CountLimit: ParsableArguments {
  @Option("max-count", short: "n", value: "count", in: 0..., help: "Show at most this many.") var maxCount:
    Int?
}
