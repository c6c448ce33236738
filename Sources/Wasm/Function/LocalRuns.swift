/// The declared parameters and locals of a function: runs of one type each.
struct LocalRuns {
  private struct Run {
    /// The index after its last local.
    var end: Int
    var word: UInt32
  }

  /// The number of parameters and locals.
  private(set) var count = 0
  /// The words of the parameters.
  private var parameters = UnsafeBufferPointer<UInt32>(start: nil, count: 0)
  private var runs: [Run] = []
  /// The locals of these runs that were set and must be set before they are read.
  private var set: Set<Int> = []

  /// Begins a function with its parameters, whose memory must stay valid while it is validated.
  mutating func begin(after parameters: UnsafeBufferPointer<UInt32>) {
    self.parameters = parameters
    count = parameters.count
    runs.removeAll(keepingCapacity: true)
    if !set.isEmpty { set.removeAll() }
  }

  /// Adds locals of one type.
  mutating func append(_ count: Int, of word: UInt32) {
    guard count > 0 else { return }
    self.count += count
    runs.append(Run(end: self.count, word: word))
  }

  /// The type of a parameter or local, with `ValueType.markBit` as long as it must be set before it is read; nil if it
  /// does not exist.
  func word(at index: Int) -> UInt32? {
    guard index < count else { return nil }
    guard index >= parameters.count else { return parameters[index] }
    var low = 0
    var high = runs.count - 1
    while low < high {
      let middle = (low + high) / 2
      if runs[middle].end > index { high = middle } else { low = middle + 1 }
    }
    let word = runs[low].word
    return set.contains(index) ? word & ~ValueType.markBit : word
  }

  mutating func set(_ index: Int) { set.insert(index) }

  mutating func unset(_ index: Int) { set.remove(index) }
}
