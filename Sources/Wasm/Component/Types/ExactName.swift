/// A name that equals another only if both have the same bytes; Swift's own strings compare by Unicode equivalence.
struct ExactName: Hashable, Sendable, CustomStringConvertible {
  var text: String

  init(_ text: String) { self.text = text }

  /// The name in messages.
  var description: String { text.quotedName }

  static func == (first: ExactName, second: ExactName) -> Bool {
    first.text.utf8.count == second.text.utf8.count && first.text.utf8.elementsEqual(second.text.utf8)
  }

  func hash(into hasher: inout Hasher) {
    let isHashed: Void? = text.utf8.withContiguousStorageIfAvailable {
      hasher.combine(bytes: UnsafeRawBufferPointer($0))
    }
    if isHashed == nil {
      for byte in text.utf8 { hasher.combine(byte) }
    }
  }
}
