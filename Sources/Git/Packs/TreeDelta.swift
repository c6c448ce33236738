internal import Identifiers

/// The delta from one tree to another: entries that both have are copied, and the others are inserted
/// (gitformat-pack, "Deltified representation").
///
/// - Parameters:
///   - base: The base tree.
///   - target: The resulting tree.
/// - Returns: The instructions; nil if they would not be shorter than the tree.
/// - Throws: `damaged` if one of them is not a tree.
func treeDelta(from base: Tree, to target: Tree) throws(GitError) -> [UInt8]? {
  var output = DeltaOutput(baseSize: base.bytes.count, targetSize: target.bytes.count)
  var left = try base.extents()[...]
  for right in try target.extents() {
    // Entries are sorted by name, so a skipped entry does not occur again.
    var isCopied = false
    while let candidate = left.first {
      let order = compare(base.bytes[candidate.name], target.bytes[right.name])
      if order > 0 { break }
      left.removeFirst()
      if order == 0 {
        isCopied = base.bytes[candidate.all].elementsEqual(target.bytes[right.all])
        if isCopied { output.copy(candidate.all) }
        break
      }
    }
    if !isCopied { output.insert(target.bytes[right.all]) }
  }
  output.finish()
  return output.bytes.count < target.bytes.count ? output.bytes : nil
}

private func compare(_ left: ArraySlice<UInt8>, _ right: ArraySlice<UInt8>) -> Int {
  if left.elementsEqual(right) { return 0 }
  return left.lexicographicallyPrecedes(right) ? -1 : 1
}

/// Writes the instructions of a delta.
private struct DeltaOutput {
  private(set) var bytes: [UInt8] = []
  private var copied: Range<Int>?
  private var inserted: [UInt8] = []

  /// The maximum number of bytes that one instruction copies, and inserts.
  private static let longestCopy = 0xffff
  private static let longestInsert = 127

  init(baseSize: Int, targetSize: Int) {
    append(size: baseSize)
    append(size: targetSize)
  }

  private mutating func append(size: Int) {
    var rest = size
    while rest >= 0x80 {
      bytes.append(UInt8(rest & 0x7f) | 0x80)
      rest >>= 7
    }
    bytes.append(UInt8(rest))
  }

  mutating func copy(_ range: Range<Int>) {
    endInsert()
    if let last = copied, last.upperBound == range.lowerBound {
      copied = last.lowerBound..<range.upperBound
    } else {
      endCopy()
      copied = range
    }
  }

  mutating func insert(_ piece: ArraySlice<UInt8>) {
    endCopy()
    inserted += piece
  }

  mutating func finish() {
    endCopy()
    endInsert()
  }

  private mutating func endCopy() {
    guard let range = copied else { return }
    copied = nil
    var start = range.lowerBound
    while start < range.upperBound {
      let count = min(DeltaOutput.longestCopy, range.upperBound - start)
      var instruction: UInt8 = 0x80
      var operands: [UInt8] = []
      for (bit, byte) in [start, start >> 8, start >> 16, start >> 24, count, count >> 8].enumerated()
      where byte & 0xff != 0 {
        instruction |= 1 << UInt8(bit)
        operands.append(UInt8(byte & 0xff))
      }
      bytes.append(instruction)
      bytes += operands
      start += count
    }
  }

  private mutating func endInsert() {
    var rest = inserted[...]
    while !rest.isEmpty {
      let piece = rest.prefix(DeltaOutput.longestInsert)
      bytes.append(UInt8(piece.count))
      bytes += piece
      rest = rest.dropFirst(piece.count)
    }
    inserted.removeAll(keepingCapacity: true)
  }
}
