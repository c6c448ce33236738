internal import ModuleStore

/// Draws the graph of commits beside their text, like `git log --graph`.
///
/// A lane leads down to a commit that comes later. A merge opens lanes on its right; lanes to the same commit join in
/// the leftmost one.
struct GraphLanes {
  private var lanes: [CommitID] = []

  /// Draws a commit beside the lines of its text.
  mutating func draw(_ commit: CommitID, _ parents: [CommitID], _ text: String) -> String {
    var lines = text.split(separator: "\n", omittingEmptySubsequences: false)[...]
    if lines.last == "" { lines.removeLast() }
    let lane = lanes.firstIndex(of: commit) ?? lanes.count
    if lane == lanes.count { lanes.append(commit) }
    var drawing = row { $0 == lane ? "*" : "|" } + (lines.popFirst() ?? "") + "\n"
    var edges = continueLane(lane, to: parents)
    while let line = lines.popFirst() {
      let margin = edges.isEmpty ? row { _ in "|" } : edges.removeFirst()
      let padding = String(repeating: " ", count: max(0, 2 * lanes.count - margin.count))
      drawing += trimmed(margin + padding + line) + "\n"
    }
    for edge in edges { drawing += trimmed(edge) + "\n" }
    return drawing + joinLanes()
  }

  private func row(_ mark: (Int) -> String) -> String {
    lanes.indices.map { mark($0) + " " }.joined()
  }

  /// Continues the lane to the first parent and opens lanes to the others; returns the rows for this.
  private mutating func continueLane(_ lane: Int, to parents: [CommitID]) -> [String] {
    guard let first = parents.first else {
      lanes.remove(at: lane)
      return lane == lanes.count ? [] : [shiftedLeft(from: lane)]
    }
    lanes[lane] = first
    var rows: [String] = []
    for (offset, parent) in parents.dropFirst().enumerated() {
      let place = lane + offset + 1
      let right = lanes.count - place
      lanes.insert(parent, at: place)
      rows.append(
        String(repeating: "| ", count: place - 1) + "|\\" + String(repeating: " \\", count: right) + " ")
    }
    return rows
  }

  /// Joins lanes that lead to the same commit, one row for each.
  private mutating func joinLanes() -> String {
    var text = ""
    var place = 1
    while place < lanes.count {
      if let target = lanes[..<place].firstIndex(of: lanes[place]) {
        lanes.remove(at: place)
        let crossed = String(repeating: "_|", count: place - target - 1)
        let left = String(repeating: "| ", count: target) + "|" + crossed
        text += trimmed(left + "/" + String(repeating: " /", count: lanes.count - place)) + "\n"
      } else {
        place += 1
      }
    }
    return text
  }

  /// The row on which the lanes from `place` on move one position to the left.
  private func shiftedLeft(from place: Int) -> String {
    String(repeating: "| ", count: place) + String(repeating: " /", count: lanes.count - place)
  }

  private func trimmed(_ text: String) -> Substring {
    var text = text[...]
    while text.last == " " { text.removeLast() }
    return text
  }
}
